// What keeps a deployment from starting: work before it that has to succeed, and conditions that go round it.

import type { Flow, FlowJob, FlowNode } from "../../languages/pipeline/flow.js";
import type { Evidence } from "../../languages/pipeline/model.js";
import type { Order } from "../../languages/pipeline/order.js";
import { namedBy } from "./_names.js";

/**
 * Whether work that `counts` keeps the job from deploying: "holds", or "unknown" where work that cannot be seen may.
 * Otherwise what goes round such work, in words; undefined where there is none before the job.
 */
export function gateBefore(
  job: FlowJob,
  { jobs }: Flow,
  order: Order,
  counts: (evidence: Evidence) => boolean,
): "holds" | "unknown" | { readonly around: string } | undefined {
  const { node, deployment } = job;
  if (order.unseenBefore(node) || unseenWithin(job)) return "unknown";
  const anyway = deployment?.evidence.anyway;
  const own = earlierIn(job).find(counts);
  if (own && anyway === undefined) return "holds";
  let around = own && anyway !== undefined ? goesRound(anyway, `"${own.text}"`) : undefined;
  for (const before of order.before(node)) {
    const gate = jobs.get(before);
    const evidence = gate?.evidence.find(counts);
    if (!gate || !evidence) continue;
    if (order.holds(before, node)) return "holds";
    around ??= goesRound(conditionNear(node), namedBy(gate, evidence));
  }
  return around === undefined ? undefined : { around };
}

const goesRound = (condition: string | undefined, gate: string): string =>
  condition === undefined ? `it starts even when ${gate} fails` : `"${condition}" goes round ${gate}`;

/** The condition of the job or, where it has none, of one it waits for: that is what lets it start. */
const conditionNear = (node: FlowNode): string | undefined =>
  node.condition?.text ?? node.waitsFor.find(({ condition }) => condition)?.condition?.text;

/** What the job does before it deploys; its names have no place and may speak of any part of it. */
function earlierIn({ evidence, deployment }: FlowJob): readonly Evidence[] {
  const deploy = deployment ? evidence.indexOf(deployment.evidence) : -1;
  return evidence.filter(({ by, vague }, i) => i < deploy || (by === "job" && !vague));
}

function unseenWithin({ node, deployment }: FlowJob): boolean {
  const deploy = deployment ? node.work.indexOf(deployment.evidence) : -1;
  return node.work.slice(0, deploy < 0 ? undefined : deploy).some(({ role }) => role === "unseen");
}
