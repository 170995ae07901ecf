// Both shells in one bundle, so that the package carries the engine once. Each is loaded only when it is called.

export const server = (): Promise<unknown> => import("./lsp/main.js");
export const cli = (): Promise<unknown> => import("./cli/main.js");
