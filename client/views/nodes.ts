// The rows of the Phases tree: what there is to show of a tracker, in which order, and under which stable id.
import type {
  EvidenceShown,
  FindingCounts,
  GateProgress,
  OutputProgress,
  PhaseProgress,
  StepProgress,
  TrackerProgress,
} from "../../server/messages.js";

export type Node = TrackerNode | PhaseNode | StepNode | EvidenceNode | OutputNode | FindingsNode | GateNode;

/** What is left out of the tree. */
export interface Filter {
  /** Steps that are done and phases that are passed. */
  readonly hideCompleted: boolean;
  readonly onlyCurrent: boolean;
}

export const everything: Filter = { hideCompleted: false, onlyCurrent: false };

interface TrackerNode {
  readonly kind: "tracker";
  readonly tracker: TrackerProgress;
}

interface InPhase {
  readonly tracker: TrackerProgress;
  readonly phase: PhaseProgress;
}

export interface PhaseNode extends InPhase {
  readonly kind: "phase";
  /** Whether a tracker row stands above it. */
  readonly nested: boolean;
}

export interface StepNode extends InPhase {
  readonly kind: "step";
  readonly step: StepProgress;
  readonly parent: PhaseNode;
}

/** One place that a step's evidence rests on, or that nothing was found. */
export interface EvidenceNode extends InPhase {
  readonly kind: "evidence";
  readonly evidence: EvidenceShown;
  /** Absent where nothing was found. */
  readonly place?: EvidenceShown["places"][number];
  readonly position: number;
  readonly parent: StepNode;
}

interface FindingsNode extends InPhase {
  readonly kind: "findings";
  readonly findings: FindingCounts;
  readonly parent: PhaseNode;
}

interface OutputNode extends InPhase {
  readonly kind: "output";
  readonly output: OutputProgress;
  readonly parent: PhaseNode;
}

interface GateNode extends InPhase {
  readonly kind: "gate";
  readonly gate: GateProgress;
  readonly parent: PhaseNode;
}

/** The top rows: the phases of the only tracker, or one row for each of several. */
export function rootNodes(trackers: readonly TrackerProgress[], filter: Filter = everything): readonly Node[] {
  const [first, ...others] = trackers;
  if (!first) return [];
  if (others.length === 0) return phaseNodes(first, false, filter);
  return trackers.map((tracker) => ({ kind: "tracker", tracker }));
}

export function childrenOf(node: Node, filter: Filter = everything): readonly Node[] {
  if (node.kind === "tracker") return phaseNodes(node.tracker, true, filter);
  if (node.kind === "step") return evidenceNodes(node);
  if (node.kind !== "phase") return [];
  const { tracker, phase } = node;
  const { steps, output, gate, findings } = phase;
  const shown = filter.hideCompleted ? steps.filter(({ state }) => state !== "done") : steps;
  const nodes: Node[] = shown.map((step) => ({ kind: "step", tracker, phase, step, parent: node }));
  if (output) nodes.push({ kind: "output", tracker, phase, output, parent: node });
  if (findings) nodes.push({ kind: "findings", tracker, phase, findings, parent: node });
  if (gate) nodes.push({ kind: "gate", tracker, phase, gate, parent: node });
  return nodes;
}

/** How many places of one kind of evidence have rows of their own; the tooltip and the gate's page name the others. */
const placesShown = 8;

/** The places where something was found; where nothing was, one row that says what was looked for. */
function evidenceNodes(node: StepNode): readonly EvidenceNode[] {
  const { tracker, phase, step } = node;
  const found = step.evidence.filter(({ state }) => state === "found");
  const told = found.length > 0 ? found : step.evidence;
  const places = told.flatMap((evidence) =>
    evidence.places.length > 0
      ? evidence.places.slice(0, placesShown).map((place) => ({ evidence, place }))
      : [{ evidence }],
  );
  return places.map((one, position) => ({ kind: "evidence", tracker, phase, ...one, position, parent: node }));
}

export function parentOf(node: Node): Node | undefined {
  if (node.kind === "tracker") return undefined;
  if (node.kind === "phase") return node.nested ? { kind: "tracker", tracker: node.tracker } : undefined;
  return node.parent;
}

/** The same for the same row after every edit, so that VS Code keeps what is expanded and selected. */
export function idOf(node: Node): string {
  const { uri, protocol } = node.tracker;
  if (node.kind === "tracker") return `${uri}#${protocol.id}`;
  const phase = `${uri}#${protocol.id}/${node.phase.number}`;
  if (node.kind === "phase") return phase;
  if (node.kind === "step") return `${uri}#${node.step.id}`;
  if (node.kind === "evidence") return `${idOf(node.parent)}/${node.position}`;
  return `${phase}/${node.kind}`;
}

/** Line of the tracker (zero-based) that a row rests on; undefined where it has none. */
export function lineOf(node: Node): number | undefined {
  if (node.kind === "step") return node.step.line;
  if (node.kind === "gate") return node.gate.line;
  return node.kind === "phase" ? node.phase.line : undefined;
}

/** The current phase first, then the others in their order. */
function phaseNodes(tracker: TrackerProgress, nested: boolean, filter: Filter): readonly PhaseNode[] {
  const isCurrent = ({ number }: PhaseProgress) => number === tracker.currentPhase;
  const ordered = [...tracker.phases.filter(isCurrent), ...tracker.phases.filter((phase) => !isCurrent(phase))];
  return ordered
    .filter((phase) => isCurrent(phase) || !filter.onlyCurrent || tracker.currentPhase === undefined)
    .filter(({ state }) => !filter.hideCompleted || state !== "passed")
    .map((phase) => ({ kind: "phase", tracker, phase, nested }));
}

/** The first step of a phase that is not done. */
export const nextStep = ({ steps }: PhaseProgress): StepProgress | undefined =>
  steps.find(({ state }) => state !== "done");
