// Whether two jobs can run for the same branch, by the branches that they ask for.

import { canRun } from "./condition.js";
import type { FlowNode } from "./flow.js";
import type { BranchFilter } from "./model.js";

/** False where no branch lets both of them run: then neither is before the other. */
export function canMeet(one: FlowNode, other: FlowNode): boolean {
  const filters = [...(one.branches ?? []), ...(other.branches ?? [])];
  const named = filters.flatMap(({ only = [], ignore = [] }) => [...only, ...ignore]);
  // The empty name stands for a branch that nobody names.
  return ["", ...named].some((branch) => filters.every((filter) => accepts(filter, branch)));
}

/** Events by which a workflow of GitHub starts; the empty one stands for all others. */
const events = [
  "",
  "push",
  "pull_request",
  "pull_request_target",
  "release",
  "schedule",
  "workflow_dispatch",
  "merge_group",
];

/** Whether one event can start all of these jobs and all of the others: a push and a release are two runs. */
export function shareEvent(jobs: readonly FlowNode[], others: readonly FlowNode[]): boolean {
  const conditions = [...jobs, ...others].flatMap(({ condition, outside }) =>
    condition && !outside ? [condition.expression] : [],
  );
  return events.some((event) => {
    const value = (path: string): string | undefined => (path === "github.event_name" ? event : undefined);
    return conditions.every(
      (condition) => canRun(condition, { failed: false, value }) || canRun(condition, { failed: true, value }),
    );
  });
}

const accepts = ({ only, ignore }: BranchFilter, branch: string): boolean =>
  (only === undefined || only.includes(branch)) && !ignore?.includes(branch);

/** Those of a job and of everything that it waits for, where a job does not run without that. */
export function filtersWithNeeds(node: FlowNode): readonly BranchFilter[] {
  const chain = new Set([node]);
  for (const one of chain) for (const before of one.waitsFor) chain.add(before);
  return [...new Set([...chain].flatMap(({ branches }) => branches ?? []))];
}
