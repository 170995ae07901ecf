// How a tracker finds the output document of a phase among the files of the workspace.

import type { PhaseTracker } from "../../protocol/documents.js";
import type { OutputDocument, Phase } from "../../protocol/model.js";
import { outputNear } from "../../protocol/outputs.js";
import { scopeOf } from "../../protocol/scopes.js";
import { isAmong } from "../../protocol/sections.js";
import type { Workspace } from "../../rule.js";

export interface FoundOutput {
  readonly output: OutputDocument;
  /** Where it belongs while it does not exist. */
  readonly place: string;
  /** Required sections that it lacks, or that hold nothing yet; undefined where it does not exist. */
  readonly unwritten?: readonly string[];
}

/** What there is of a phase's output; undefined where the phase asks for none, or for a kind of file that is not read. */
export function findOutput(
  { protocol, tracker }: PhaseTracker,
  { output }: Phase,
  workspace: Workspace,
): FoundOutput | undefined {
  if (!output || !/\.(?:md|markdown)$/i.test(output.file)) return undefined;
  const { path } = tracker.file;
  const place = `${path.slice(0, path.lastIndexOf("/"))}/${output.file}`;
  const trackers = workspace.facts("markdown.tracker", protocol.id).map((one) => one.path);
  const own = outputNear(path, output.file, workspace, scopeOf(path, trackers));
  if (!own) return workspace.exists(place) ? undefined : { output, place };
  const filled = own.sections.filter((section) => section.filled).map(({ title }) => title);
  const unwritten = own.partial ? [] : output.sections.filter((section) => !isAmong(filled, section));
  return { output, place, unwritten: unwritten.map(({ title }) => title) };
}
