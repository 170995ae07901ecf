export const picturedFile: string;
export function pictured(): string;
