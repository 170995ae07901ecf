// The built language server over a repository with a tracker, asked as the views ask it.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import {
  type PhaseProgress,
  progressChanged,
  progressRequest,
  type TextChange,
  type TrackerProgress,
} from "../../server/messages.js";
import { startServer } from "../harness/server.js";

/** A server over these files. It is stopped, and they are gone, after the test. */
export async function serveFiles(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "dakota gates "));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const uriOf = (path: string): string => URI.file(join(folder, path)).toString();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  const server = await startServer({ folder });
  onTestFinished(async () => void (await server.stop()));
  await server.ready;
  const { connection } = server;
  const waiting: (() => void)[] = [];
  connection.onNotification(progressChanged, () => {
    for (const done of waiting.splice(0)) done();
  });
  const told = () => new Promise<void>((done) => waiting.push(done));
  const trackers = () => connection.sendRequest<TrackerProgress[]>(progressRequest);
  const phase = async (number: number): Promise<PhaseProgress> => {
    const found = (await trackers())[0]?.phases.find((one) => one.number === number);
    if (!found) throw new Error(`there is no phase ${number}`);
    return found;
  };
  return {
    ...server,
    folder,
    folderUri: URI.file(folder).toString(),
    uriOf,
    write,
    told,
    trackers,
    phase,
    ask: <Result>(request: string, params?: object) => connection.sendRequest<Result>(request, params),
    /** Writes a file and says so, as an editor that watches them. */
    async put(path: string, text: string) {
      write(path, text);
      await connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: [{ uri: uriOf(path), type: 2 }],
      });
    },
    /** Asks again whenever the server says that something has changed, until it holds. */
    async until<Answer>(ask: () => Promise<Answer>, holds: (answer: Answer) => boolean): Promise<Answer> {
      for (;;) {
        const next = told();
        const answer = await ask();
        if (holds(answer)) return answer;
        await next;
      }
    },
  };
}

/** A text after a change to it. */
export const changed = (text: string, { uri, edits }: TextChange): string =>
  TextDocument.applyEdits(TextDocument.create(uri, "markdown", 0, text), [...edits]);

/** The lines that differ, as they are afterwards; lines that are new count. */
export function newLines(before: string, after: string): readonly string[] {
  const old = before.split("\n");
  return after.split("\n").filter((line) => !old.includes(line));
}
