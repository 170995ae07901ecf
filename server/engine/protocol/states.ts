// The states that phases, steps and evidence can be in.

/** `done`: every checkpoint is ticked; `passed`: the gate's newest answer is a Yes; `stale`: passed, but something has fallen back since. */
export type PhaseState = "not-started" | "in-progress" | "done" | "passed" | "stale";

export type StepState = "open" | "in-progress" | "done";

/** `unknown`: what would show it cannot be read, or nothing in files could show it. */
export type EvidenceState = "found" | "missing" | "unknown";
