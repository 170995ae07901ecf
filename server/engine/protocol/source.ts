// A team's protocol file as the engine reads and judges it: what is wrong in its text, and what it claims that is taken.

import type { Problem, Source } from "../languages/source.js";
import type { Workspace } from "../workspace.js";
import type { Protocol } from "./model.js";
import { type ProtocolReading, readProtocol } from "./read.js";
import { sameTitle } from "./words.js";

export interface ProtocolFile extends Source {
  readonly reading: ProtocolReading;
}

export interface ProtocolFacts {
  /** By folder and id: a file that holds a team's protocol. */
  "protocol.file": { readonly id: string };
}

/** @param path absolute path of the file */
export function parseProtocolFile(path: string, text: string): ProtocolFile {
  const reading = readProtocol(text);
  return { path, text, comments: [], statements: [], problems: reading.problems, reading };
}

/** What a protocol file says to the others. */
export function protocolFacts({ path, reading }: ProtocolFile) {
  const id = reading.protocol?.id;
  return id === undefined ? [] : [{ kind: "protocol.file", key: keyOf(path, id), value: { id } } as const];
}

/**
 * What is wrong in a protocol file.
 * @param known the protocols that hold beside it
 */
export function protocolProblems(
  { path, reading }: ProtocolFile,
  known: readonly Protocol[],
  workspace: Workspace,
): readonly Problem[] {
  const { protocol, places, problems } = reading;
  if (!protocol || !places) return problems;
  const all = [...problems];
  const before = workspace.facts("protocol.file", keyOf(path, protocol.id)).find((file) => file.path < path);
  if (before) {
    const name = before.path.slice(before.path.lastIndexOf("/") + 1);
    all.push({ span: places.id, message: `"${protocol.id}" is the id of ${name} already: this file is not used` });
  }
  const heading = protocol.tracker?.heading;
  const other = known.find(
    ({ id, tracker }) => id !== protocol.id && heading && tracker && sameTitle(heading, [tracker.heading]),
  );
  if (other && places.heading)
    all.push({
      span: places.heading,
      message: `"${heading}" is the tracker's heading of "${other.id}" as well: their trackers cannot be told apart`,
    });
  return all;
}

const keyOf = (path: string, id: string): string => `${path.slice(0, path.lastIndexOf("/"))} ${id}`;
