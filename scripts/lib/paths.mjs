// Where things lie on disk.
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = resolve(fileURLToPath(new URL("../..", import.meta.url)));

/** Everything that is prepared once and can be thrown away at any time. */
export const cache = join(root, ".cache");

/** What the build writes and the package carries. */
export const dist = join(root, "dist");

/** @param {string} path inside the project, with `/` */
export const inProject = (path) => join(root, ...path.split("/"));

/** @param {string} path inside node_modules, with `/` */
export const inModules = (path) => join(root, "node_modules", ...path.split("/"));
