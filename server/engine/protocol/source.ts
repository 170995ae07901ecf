// A team's protocol file as the engine reads and judges it: what is wrong in its text, and what it claims that is taken.

import { meantBy } from "../form/meant.js";
import { like } from "../image.js";
import type { Problem, Source } from "../languages/source.js";
import type { Span } from "../text.js";
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
 * @param rules ids of all rules
 */
export function protocolProblems(
  { path, reading }: ProtocolFile,
  known: readonly Protocol[],
  rules: readonly string[],
  workspace: Workspace,
): readonly Problem[] {
  const { protocol, places, problems } = reading;
  if (!protocol || !places) return problems;
  const all = [...problems, ...unknownRules(places.rules, rules)];
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

function unknownRules(
  named: readonly { readonly pattern: string; readonly span: Span }[],
  rules: readonly string[],
): readonly Problem[] {
  return named
    .filter(({ pattern }) => !rules.some((id) => like(id, pattern)))
    .map(({ pattern, span }) => {
      const groups = [...new Set(rules.map((id) => id.slice(0, id.indexOf("/"))))].sort();
      const meant = meantBy(pattern, pattern.includes("*") ? groups.map((group) => `${group}/*`) : rules);
      const hint = meant === undefined ? `groups are ${groups.join(", ")}` : `"${meant}" is known`;
      return { span, message: `no rule is called "${pattern}": ${hint}` };
    });
}

const keyOf = (path: string, id: string): string => `${path.slice(0, path.lastIndexOf("/"))} ${id}`;
