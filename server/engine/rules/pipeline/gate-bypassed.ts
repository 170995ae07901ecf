// Deployments with a condition that lets them start after a failure of what stands before them.

import { type FlowJob, flowOf } from "../../languages/pipeline/flow.js";
import type { Pipeline, Role } from "../../languages/pipeline/model.js";
import { deploysIn, orderOf } from "../../languages/pipeline/order.js";
import { at, type Fix, replace, rule, type Span, suggest } from "../../rule.js";
import { listOf, namedBy } from "./_names.js";

export default rule({
  on: "pipeline",
  title: "Let no condition open the gate for a deployment",
  why: 'A job that waits for tests does not yet depend on how they end: "always()", "!cancelled()" and "when: always" start it after a failure as well. The gate is there to be seen and holds nothing.',
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Principles",

  *check(pipeline, _options, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow) return;
    const order = orderOf(flow);
    for (const job of deploysIn(flow)) {
      const { node, deployment } = job;
      const condition = node.condition?.text;
      if (condition === undefined || deployment?.tier === "review") continue;
      const passed = [...order.before(node)].flatMap((before) => {
        const gate = flow.jobs.get(before);
        const evidence = gate?.evidence.find(({ role, weak }) => gates.has(role) && !weak);
        return gate && evidence && !order.holds(before, node) ? [namedBy(gate, evidence)] : [];
      });
      if (passed.length === 0) continue;
      const found = conditionOf(job, pipeline);
      const message = `"${condition}" lets "${node.id}" deploy when ${listOf(passed)} ${passed.length > 1 ? "fail" : "fails"}`;
      yield at(found?.span ?? node.span, message, ...(found ? fixFor(found) : []));
    }
  },
});

const gates: ReadonlySet<Role> = new Set<Role>([
  "test",
  "lint",
  "integration",
  "security",
  "smoke",
  "plan",
  "approval",
]);

interface Written {
  readonly text: string;
  readonly span: Span;
}

/** Where the job itself writes its condition. */
function conditionOf({ node }: FlowJob, { jobs, text }: Pipeline): Written | undefined {
  const own = jobs.find(({ id }) => id === node.id);
  const line =
    own &&
    /^[ \t]+(?:- )?(if:.*(?:\(\)|\)).*|when:[ \t]*always)[ \t]*\r?$/m.exec(text.slice(own.span.start, own.span.end));
  if (!own || !line?.[1]) return undefined;
  const start = own.span.start + line.index + line[0].indexOf(line[1]);
  return { text: line[1].trimEnd(), span: { start, end: start + line[1].trimEnd().length } };
}

const openers = /\balways\(\)|!\s*cancelled\(\)/g;

function fixFor({ text, span }: Written): readonly Fix[] {
  if (text.startsWith("when:")) return [suggest("Start only after success", replace(span, "when: on_success"))];
  const closed = text.replace(openers, "success()");
  return closed === text ? [] : [suggest("Start only after success", replace(span, closed))];
}
