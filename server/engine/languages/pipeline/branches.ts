// Whether two jobs can run for the same branch, by the branches that they ask for.

import type { FlowNode } from "./flow.js";
import type { BranchFilter } from "./model.js";

/** False where no branch lets both of them run: then neither is before the other. */
export function canMeet(one: FlowNode, other: FlowNode): boolean {
  const filters = [...(one.branches ?? []), ...(other.branches ?? [])];
  const named = filters.flatMap(({ only = [], ignore = [] }) => [...only, ...ignore]);
  // The empty name stands for a branch that nobody names.
  return ["", ...named].some((branch) => filters.every((filter) => accepts(filter, branch)));
}

const accepts = ({ only, ignore }: BranchFilter, branch: string): boolean =>
  (only === undefined || only.includes(branch)) && !ignore?.includes(branch);

/** Those of a job and of everything that it waits for, where a job does not run without that. */
export function filtersWithNeeds(node: FlowNode): readonly BranchFilter[] {
  const chain = new Set([node]);
  for (const one of chain) for (const before of one.waitsFor) chain.add(before);
  return [...new Set([...chain].flatMap(({ branches }) => branches ?? []))];
}
