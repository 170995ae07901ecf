// The workspace as the server sees it: files on disk, open documents over them, the index and the configurations.

import { sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import { URI } from "vscode-uri";
import { type Configs, createConfigs } from "../host/configs.js";
import { ignoreFilesFor, isFolder, readText, toEnginePath, toSystemPath, walkInside } from "../host/files.js";
import { indexFile, indexFolders, type NodeEngine } from "../host/node.js";

export interface Project {
  readonly configs: Configs;
  /** Text of a file as it is now: in the editor or, where it is not open, on disk. */
  readText(path: string): Promise<string | undefined>;
  /** Reads the folders (URIs) into the index, telling how many files it has seen. @returns false when `proceed` stopped it */
  index(folders: readonly string[], proceed: (files: number) => boolean): Promise<boolean>;
  /** A configuration has come, gone or changed: what was read by it is read again. */
  reconfigured(): Promise<void>;
  /** A file or folder has come, gone or changed on disk. @returns paths whose judgement may differ now */
  changedOnDisk(path: string, exists: boolean): Promise<ReadonlySet<string>>;
  /** Reads what Git ignores in the folder of a document, which need not lie in the workspace; once a folder. */
  learnIgnored(path: string): Promise<void>;
  /** An open document has been opened or changed: it counts, whatever has happened to its file. */
  changedInEditor(path: string): void;
  /** A document is not open any more: its file counts as it is on disk, or not at all. @returns as `changedOnDisk` */
  closedInEditor(path: string): Promise<ReadonlySet<string>>;
  /** Engine paths of the files found on disk, judged or not. */
  readonly files: ReadonlySet<string>;
  /** Calls back for every file that is found, changed or gone on disk. */
  onFile(listener: (path: string) => void): void;
}

/** `openText` gives the text of an open document by its engine path. */
export function createProject(engine: NodeEngine, openText: (path: string) => string | undefined): Project {
  const files = new Set<string>();
  const listeners: ((path: string) => void)[] = [];
  const tell = (path: string): void => {
    for (const listener of listeners) listener(path);
  };

  // Editors keep a document for a while after its file was deleted: until it is touched again, it is gone.
  const gone = new Set<string>();
  const text = async (path: string): Promise<string | undefined> => {
    if (gone.has(path)) return undefined;
    return openText(path) ?? (await readText(toSystemPath(path))).text;
  };

  const configs = createConfigs(text);

  const roots = new Set<string>();
  const index = async (folders: readonly string[], proceed: (files: number) => boolean): Promise<boolean> => {
    let going = true;
    const paths = folders.map((folder) => URI.parse(folder).fsPath);
    for (const path of paths) roots.add(path);
    await indexFolders(engine, paths, {
      configs,
      skip: (path) => openText(path) !== undefined,
      proceed(path) {
        files.add(path);
        tell(path);
        going = proceed(files.size);
        return going;
      },
      pause: () => setImmediate(),
    });
    return going;
  };

  const come = async (path: string): Promise<ReadonlySet<string>> => {
    gone.delete(path);
    files.add(path);
    // Told when the index knows it: who is told asks at once.
    const affected = openText(path) === undefined ? await indexFile(engine, path, configs) : new Set<string>();
    tell(path);
    return affected;
  };

  const changedOnDisk = async (path: string, exists: boolean): Promise<ReadonlySet<string>> => {
    if (!exists) return removed(path);
    const system = toSystemPath(path);
    const root = [...roots].find((one) => system.startsWith(`${one}${sep}`));
    if (root === undefined || !(await isFolder(system))) return come(path);
    // Of a folder that comes with its files, the editor may report nothing but the folder.
    const affected = new Set<string>();
    for await (const walked of walkInside(root, system)) {
      if ("reason" in walked) continue;
      const inside = toEnginePath(walked.path);
      for (const other of [inside, ...(await come(inside))]) affected.add(other);
    }
    return affected;
  };

  // Only pipelines are read by what a configuration says; open ones are read again when they are judged.
  const reconfigured = async (): Promise<void> => {
    configs.changed();
    for (const path of files) {
      const signs = (await configs.nearest(path))?.signs;
      if (engine.readsAnew(path, signs) && openText(path) === undefined) await indexFile(engine, path, configs);
    }
  };

  const learnt = new Map<string, Promise<void>>();
  const learnFolder = async (folder: string): Promise<void> => {
    for (const list of await ignoreFilesFor(toSystemPath(folder))) {
      const read = await readText(list);
      if (read.text !== undefined) engine.index(toEnginePath(list), read.text);
    }
  };
  const learnIgnored = (path: string): Promise<void> => {
    const folder = path.slice(0, path.lastIndexOf("/")) || "/";
    const learning = learnt.get(folder) ?? learnFolder(folder);
    learnt.set(folder, learning);
    return learning;
  };

  // Of a folder that goes, the editor reports nothing but the folder.
  const removed = (path: string): ReadonlySet<string> => {
    const affected = new Set<string>();
    for (const file of [...files, path].filter((one) => one === path || one.startsWith(`${path}/`))) {
      gone.add(file);
      files.delete(file);
      tell(file);
      for (const other of engine.remove(file)) affected.add(other);
    }
    return affected;
  };

  const changedInEditor = (path: string): void => {
    gone.delete(path);
  };

  const closedInEditor = async (path: string): Promise<ReadonlySet<string>> => {
    const affected = files.has(path) ? await indexFile(engine, path, configs) : engine.remove(path);
    tell(path);
    return affected;
  };

  const onFile = (listener: (path: string) => void): void => {
    listeners.push(listener);
  };

  return {
    configs,
    readText: text,
    index,
    reconfigured,
    changedOnDisk,
    learnIgnored,
    changedInEditor,
    closedInEditor,
    files,
    onFile,
  };
}
