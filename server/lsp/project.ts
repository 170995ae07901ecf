// The workspace as the server sees it: files on disk, open documents over them, the index and the configurations.

import { setImmediate } from "node:timers/promises";
import { URI } from "vscode-uri";
import { isCandidate } from "../engine/detect.js";
import type { Engine } from "../engine/engine.js";
import { type Configs, createConfigs } from "../host/configs.js";
import { readText, toSystemPath } from "../host/files.js";
import { indexFolders } from "../host/node.js";

export interface Project {
  readonly configs: Configs;
  /** Text of a file as it is now: in the editor or, where it is not open, on disk. */
  readText(path: string): Promise<string | undefined>;
  /** Reads the folders (URIs) into the index, telling how many files it has seen. @returns false when `proceed` stopped it */
  index(folders: readonly string[], proceed: (files: number) => boolean): Promise<boolean>;
  /** A file has come, gone or changed on disk. @returns paths whose judgement may differ now */
  changedOnDisk(path: string, exists: boolean): Promise<ReadonlySet<string>>;
  /** An open document has been opened or changed: it counts, whatever has happened to its file. */
  changedInEditor(path: string): void;
  /** Engine paths of the files found on disk, judged or not. */
  readonly files: ReadonlySet<string>;
  /** Calls back for every file that is found, changed or gone on disk. */
  onFile(listener: (path: string) => void): void;
}

/** `openText` gives the text of an open document by its engine path. */
export function createProject(engine: Engine, openText: (path: string) => string | undefined): Project {
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

  const index = async (folders: readonly string[], proceed: (files: number) => boolean): Promise<boolean> => {
    let going = true;
    const roots = folders.map((folder) => URI.parse(folder).fsPath);
    await indexFolders(engine, roots, {
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

  const changedOnDisk = async (path: string, exists: boolean): Promise<ReadonlySet<string>> => {
    if (!exists) return removed(path);
    gone.delete(path);
    files.add(path);
    tell(path);
    if (openText(path) !== undefined) return new Set();
    const read = isCandidate(path) ? await readText(toSystemPath(path)) : undefined;
    return read?.text === undefined ? engine.note(path) : engine.index(path, read.text);
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

  const onFile = (listener: (path: string) => void): void => {
    listeners.push(listener);
  };

  return { configs: createConfigs(text), readText: text, index, changedOnDisk, changedInEditor, files, onFile };
}
