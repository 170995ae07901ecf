// Jobs that can start before those that belong before them, by what waits for what and not by their order in the text.

import { type FlowNode, flowOf } from "../../languages/pipeline/flow.js";
import { orderOf } from "../../languages/pipeline/order.js";
import { at, option, rule } from "../../rule.js";
import { listOf } from "./_names.js";
import { described, violations } from "./_stages.js";

export default rule({
  on: "pipeline",
  title: "Keep the stages of a pipeline in their order",
  why: "The order of stages is what makes a pipeline a chain of gates: what is linted, tested, scanned and built is deployed to staging, tried there, and only then goes to production. A stage that can start too early judges something that has already happened.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Stages",
  options: {
    order: option.strings(
      [
        "lint < deploy",
        "test < deploy",
        "security < deploy",
        "build < deploy",
        "staging < integration",
        "staging < production",
        "integration < production",
        "production < smoke",
      ],
      'What belongs before what, as "earlier < later"; a role (lint, test, security, build, integration, smoke) or a deployment (deploy, development, staging, production)',
    ),
  },

  *check(pipeline, { order: pairs }, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow) return;
    const order = orderOf(flow);
    const jobs = [...flow.jobs.values()];
    const early = new Map<FlowNode, Early>();
    for (const pair of pairs) {
      const [earlier = "", later = ""] = pair.split("<").map((word) => word.trim());
      for (const [job, missed] of violations(earlier, later, jobs, order)) {
        const found = early.get(job.node) ?? { name: described(job, later), missed: new Map<FlowNode, string>() };
        for (const one of missed) if (!found.missed.has(one.node)) found.missed.set(one.node, described(one, earlier));
        early.set(job.node, found);
      }
    }
    for (const [node, { name, missed }] of early) {
      // What waits for a job that starts too early is too early by that alone.
      if ([...order.before(node)].some((before) => early.has(before))) continue;
      yield at(node.span, `${name} can start before ${listOf([...missed.values()])}`);
    }
  },
});

interface Early {
  readonly name: string;
  /** The jobs that it can start before, with the words for them. */
  readonly missed: Map<FlowNode, string>;
}
