// Deployments with a condition that lets them start after a failure of what stands before them.

import { type Flow, type FlowNode, flowOf } from "../../languages/pipeline/flow.js";
import type { Pipeline, Role } from "../../languages/pipeline/model.js";
import { deploysIn, type Order, orderOf } from "../../languages/pipeline/order.js";
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
    for (const { node, deployment } of deploysIn(flow)) {
      if (deployment?.tier === "review") continue;
      // Where the stage goes round a gate, its jobs do so as well.
      const stage = node.waitsFor.find(({ start }) => start);
      const way = [stage, node].find((one) => one?.condition && passedBy(one, flow, order).length > 0);
      if (!way?.condition) continue;
      const passed = passedBy(way, flow, order);
      const found = conditionOf(way, pipeline);
      const message = `"${way.condition.text}" lets "${node.id}" deploy when ${listOf(passed)} ${passed.length > 1 ? "fail" : "fails"}`;
      yield at(found?.span ?? way.span, message, ...(found ? fixFor(found) : otherFixes(way, pipeline)));
    }
  },
});

/** The gates before a job that need not hold for it to start, in words. */
const passedBy = (node: FlowNode, { jobs }: Flow, order: Order): readonly string[] =>
  [...order.before(node)].flatMap((before) => {
    const gate = jobs.get(before);
    const evidence = gate?.evidence.find(({ role, weak }) => gates.has(role) && !weak);
    return gate && evidence && !order.holds(before, node) ? [namedBy(gate, evidence)] : [];
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

/** Where the job or stage itself writes its condition. */
function conditionOf(node: FlowNode, { dialect, jobs, text }: Pipeline): Written | undefined {
  if (dialect === "azure") {
    const written = node.condition?.text ?? "";
    const start = text.indexOf(written, node.span.start);
    return start < 0 ? undefined : { text: written, span: { start, end: start + written.length } };
  }
  const own = jobs.find(({ id }) => id === node.id);
  const line =
    own &&
    /^[ \t]+(?:- )?(if:.*(?:\(\)|\)).*|when:[ \t]*always)[ \t]*\r?$/m.exec(text.slice(own.span.start, own.span.end));
  if (!own || !line?.[1]) return undefined;
  const start = own.span.start + line.index + line[0].indexOf(line[1]);
  return { text: line[1].trimEnd(), span: { start, end: start + line[1].trimEnd().length } };
}

const openers = /\balways\(\)|!\s*cancelled\(\)/g;
const azureOpeners = /\b(?:always|succeededOrFailed)\(\)/gi;

function fixFor({ text, span }: Written): readonly Fix[] {
  if (text.startsWith("when:")) return [suggest("Start only after success", replace(span, "when: on_success"))];
  const closed = text.startsWith("condition:")
    ? text.replace(azureOpeners, "succeeded()")
    : text.replace(openers, "success()");
  return closed === text ? [] : [suggest("Start only after success", replace(span, closed))];
}

/** CircleCI names the ends that will do behind a job, Jenkins has a block for each end. */
function otherFixes({ span, waitsFor, work }: FlowNode, { dialect, text }: Pipeline): readonly Fix[] {
  const title = "Start only after success";
  if (dialect === "circleci") {
    const names = waitsFor.map(({ id }) => (id.split(" / ").at(-1) ?? id).replace(/[^\w-]/g, "\\$&")).join("|");
    const ends = new RegExp(`(?<![\\w-])(?:\\{ *)?(${names}): *(?:\\[[\\w, ]*\\]|\\w+)(?: *\\})?`, "g");
    ends.lastIndex = span.end;
    const found = names === "" ? null : ends.exec(text);
    if (!found?.[1]) return [];
    return [suggest(title, replace({ start: found.index, end: found.index + found[0].length }, found[1]))];
  }
  if (dialect !== "jenkins") return [];
  // A block that holds only the deployment, in a "post" without one for success.
  const [only, ...others] = work.flatMap((one) => (one.role === "deploy" && one.span ? [one.span] : []));
  if (!only || others.length > 0) return [];
  const head = /\bpost\s*\{\s*always(?=\s*\{\s*(?:sh|bat)\s*\(?\s*(?:'{1,3}|"{1,3})\s*$)/.exec(
    text.slice(0, only.start),
  );
  const tail = /^[^'"\n]*(?:'{1,3}|"{1,3})\s*\)?\s*\}\s*\}/.exec(text.slice(only.end));
  if (!head || !tail) return [];
  const end = head.index + head[0].length;
  return [suggest(title, replace({ start: end - "always".length, end }, "success"))];
}
