// The rows of the Phases tree: what there is to show of a tracker, in which order, and under which stable id.
import type {
  GateProgress,
  OutputProgress,
  PhaseProgress,
  StepProgress,
  TrackerProgress,
} from "../../server/messages.js";

export type Node = TrackerNode | PhaseNode | StepNode | OutputNode | GateNode;

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
export function rootNodes(trackers: readonly TrackerProgress[]): readonly Node[] {
  const [first, ...others] = trackers;
  if (!first) return [];
  return others.length === 0 ? phaseNodes(first, false) : trackers.map((tracker) => ({ kind: "tracker", tracker }));
}

export function childrenOf(node: Node): readonly Node[] {
  if (node.kind === "tracker") return phaseNodes(node.tracker, true);
  if (node.kind !== "phase") return [];
  const { tracker, phase } = node;
  const { steps, output, gate } = phase;
  const nodes: Node[] = steps.map((step) => ({ kind: "step", tracker, phase, step, parent: node }));
  if (output) nodes.push({ kind: "output", tracker, phase, output, parent: node });
  if (gate) nodes.push({ kind: "gate", tracker, phase, gate, parent: node });
  return nodes;
}

export function parentOf(node: Node): Node | undefined {
  if (node.kind === "tracker") return undefined;
  if (node.kind === "phase") return node.nested ? { kind: "tracker", tracker: node.tracker } : undefined;
  return node.parent;
}

/** The same for the same row after every edit, so that VS Code keeps what is expanded and selected. */
export function idOf(node: Node): string {
  const { uri, protocol } = node.tracker;
  if (node.kind === "tracker") return uri;
  const phase = `${uri}#${protocol.id}/${node.phase.number}`;
  if (node.kind === "phase") return phase;
  return node.kind === "step" ? `${uri}#${node.step.id}` : `${phase}/${node.kind}`;
}

/** Line of the tracker (zero-based) that a row rests on; undefined where it has none. */
export function lineOf(node: Node): number | undefined {
  if (node.kind === "step") return node.step.line;
  if (node.kind === "gate") return node.gate.line;
  return node.kind === "phase" ? node.phase.line : undefined;
}

function phaseNodes(tracker: TrackerProgress, nested: boolean): readonly PhaseNode[] {
  return tracker.phases.map((phase) => ({ kind: "phase", tracker, phase, nested }));
}
