// Paths that Compose files name, made absolute.

/** The folder that a file stands in. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** A path relative to a folder, or absolute, without "." and ".."; backslashes are taken for slashes. */
export function resolveIn(folder: string, path: string): string {
  const slashes = path.replace(/\\/g, "/");
  const parts = slashes.startsWith("/") ? [] : folder.split("/").filter((part) => part !== "");
  for (const part of slashes.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** An absolute path as it is named from a folder. */
export function relativeTo(folder: string, path: string): string {
  const from = folder.split("/");
  const to = path.split("/");
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => ".."), ...to.slice(common)].join("/");
}
