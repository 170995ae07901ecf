// What protocols make of a Markdown file: which trackers it holds, and which of their documents it is.

import type { MarkdownFile } from "../languages/markdown/model.js";
import {
  type Evidence,
  isTracked,
  type OutputDocument,
  type Phase,
  type Protocol,
  type TrackedProtocol,
} from "./model.js";
import { mayHoldRun } from "./runs.js";
import { findTrackers, type Tracker } from "./tracker.js";

/** A tracker with the protocol it belongs to, as rules read it. */
export interface PhaseTracker {
  readonly protocol: TrackedProtocol;
  readonly tracker: Tracker;
  /** Another tracker of the same protocol stands above it in the file: that one counts. */
  readonly repeated: boolean;
}

/** The output document of a phase, as rules read it. */
export interface PhaseOutput {
  readonly protocol: TrackedProtocol;
  readonly phase: Phase;
  readonly output: OutputDocument;
  readonly file: MarkdownFile;
}

/** Whether a file can hold a tracker or a run, or is a document of one of the protocols: all others need not be parsed. */
export const concerns = (path: string, text: string, protocols: readonly Protocol[]): boolean =>
  isDocument(path, protocols) || mayHoldTracker(text, protocols) || mayHoldRun(text);

/** Whether a path ends with the name of a document that a protocol speaks of. */
export const isDocument = (path: string, protocols: readonly Protocol[]): boolean =>
  documentNames(protocols).has(baseName(path));

/** A heading may carry marks between its words; the words themselves stand in every tracker. */
function mayHoldTracker(text: string, protocols: readonly Protocol[]): boolean {
  const lower = text.toLowerCase();
  return protocols.filter(isTracked).some(({ tracker }) =>
    tracker.heading
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .every((word) => lower.includes(word)),
  );
}

const namesOf = new WeakMap<readonly Protocol[], ReadonlySet<string>>();

/** The file names of all output documents, checklists and documents that evidence asks for. */
function documentNames(protocols: readonly Protocol[]): ReadonlySet<string> {
  const known = namesOf.get(protocols);
  if (known) return known;
  const names = new Set(protocols.flatMap(filesOf).map(baseName));
  namesOf.set(protocols, names);
  return names;
}

/** The names of all documents that a protocol speaks of. */
export function filesOf({ phases, checklists }: Protocol): readonly string[] {
  const evidence = [
    ...phases.flatMap((phase) => [...phase.evidence, ...phase.steps.flatMap((step) => step.evidence)]),
    ...checklists.flatMap(({ steps }) =>
      steps.flatMap((step) => [...step.evidence, ...step.items.flatMap((item) => item.evidence)]),
    ),
  ];
  return [
    ...phases.flatMap(({ output }) => output?.file ?? []),
    ...checklists.flatMap(({ file }) => file ?? []),
    ...evidence.flatMap(evidenceFiles),
  ];
}

function evidenceFiles(evidence: Evidence): readonly string[] {
  if (evidence.kind === "all") return evidence.of.flatMap(evidenceFiles);
  return evidence.kind === "document" ? [evidence.file] : [];
}

/** Every tracker of these protocols in a file, in the order of the protocols. */
export const trackersIn = (file: MarkdownFile, protocols: readonly Protocol[]): readonly PhaseTracker[] =>
  protocols
    .filter(isTracked)
    .flatMap((protocol) =>
      findTrackers(file, protocol).map((tracker, i): PhaseTracker => ({ protocol, tracker, repeated: i > 0 })),
    );

/** The phases that ask for the file as their output document. */
export const outputsIn = (file: MarkdownFile, protocols: readonly Protocol[]): readonly PhaseOutput[] =>
  protocols.filter(isTracked).flatMap((protocol) =>
    protocol.phases.flatMap((phase): readonly PhaseOutput[] => {
      const { output } = phase;
      return output && isNamed(file.path, output.file) ? [{ protocol, phase, output, file }] : [];
    }),
  );

/** Whether the file at an absolute path is the one that a protocol calls by this name. */
export const isNamed = (path: string, name: string): boolean => path.endsWith(`/${name}`);

export const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
