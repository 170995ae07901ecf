// Where the templates of Azure Pipelines stand that a file names.

/** Paths that `template: …` may mean; none for one of another repository. A path from the root is tried in every folder above. */
export function templatePaths(written: string, from: string): readonly string[] {
  const [path = "", repository] = written.split("@", 2);
  if ((repository !== undefined && repository !== "self") || /\$[{([]/.test(path)) return [];
  const folder = from.slice(0, from.lastIndexOf("/"));
  if (!path.startsWith("/")) {
    const near = joined(folder, path);
    return near === undefined ? [] : [near];
  }
  const paths: string[] = [];
  for (let at = folder; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) paths.push(at + path);
  return paths;
}

/** `a/b` and `../c` make `a/c`; undefined above the root. */
function joined(folder: string, path: string): string | undefined {
  const parts = folder.split("/");
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.length < 2) return undefined;
      parts.pop();
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
