// What the server last said in answer to one question. Views and commands that show the same thing read it from the same
// feed, so they cannot differ.
import * as vscode from "vscode";
import type { Requests, Server } from "./languageClient.js";

/** A question without parameters. */
type Question = { [M in keyof Requests]: Requests[M]["params"] extends undefined ? M : never }[keyof Requests];

export interface Feed<T> extends vscode.Disposable {
  /** The last answer; undefined before the first one. */
  last(): T | undefined;
  /** The last answer, or the first one, for which the server is asked; `fallback` when there is none. */
  read(): Promise<T>;
  /** Asks the server again, starting it where need be, and has everything drawn anew. Without an answer the last one stays. */
  refresh(): Promise<void>;
  readonly onChange: vscode.Event<void>;
}

/** @param onAnswer told after each attempt, with the answer that holds now */
export function createFeed<M extends Question>(
  server: Server,
  question: M,
  fallback: Requests[M]["result"],
  onAnswer: (answer: Requests[M]["result"] | undefined) => void = () => undefined,
): Feed<Requests[M]["result"]> {
  const changes = new vscode.EventEmitter<void>();
  let last: Requests[M]["result"] | undefined;
  let shown = "";
  let running: Promise<void> | undefined;
  let again = false;
  let anyway = false;

  async function load(): Promise<void> {
    try {
      do {
        again = false;
        last = await server.ask(question, undefined);
      } while (again);
    } catch (error) {
      server.log.error(`${question} was not answered: ${error}`);
    } finally {
      running = undefined;
    }
    onAnswer(last);
    // Rows that are drawn anew take no click meanwhile, so nothing is drawn that has not changed.
    const now = JSON.stringify(last) ?? "";
    if (now === shown && !anyway) return;
    shown = now;
    anyway = false;
    changes.fire();
  }

  function update(): Promise<void> {
    again = true;
    running ??= load();
    return running;
  }

  const subscriptions = [
    server.onProgress(() => update()),
    server.onState((state) => state === "running" && update()),
    changes,
  ];
  return {
    last: () => last,
    async read() {
      if (!last) await update();
      return last ?? fallback;
    },
    refresh() {
      anyway = true;
      return update();
    },
    onChange: changes.event,
    dispose: () => vscode.Disposable.from(...subscriptions).dispose(),
  };
}
