// Switches that leave staging out, and a way for hotfixes that goes round it.

import { type Flow, type FlowJob, type FlowNode, flowOf, jobIdOf } from "../../languages/pipeline/flow.js";
import type { Job, Pipeline, Text } from "../../languages/pipeline/model.js";
import { deploysIn, orderOf } from "../../languages/pipeline/order.js";
import { at, option, rule, type Span } from "../../rule.js";
import { isTried, waitsForStaging } from "./_lacks.js";

export default rule({
  on: "pipeline",
  title: "Leave no way round staging",
  why: "Quick fixes are written in a hurry and tested least: they need staging most. A switch that skips it is used once in an emergency and then every time that it is late.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Infrastructure Anti-Patterns",
  options: {
    branches: option.strings(
      ["hotfix", "quickfix", "emergency"],
      "Words in conditions that stand for changes in a hurry",
    ),
  },

  *check(pipeline, { branches }, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || deploysIn(flow).length === 0) return;
    const found = switchIn(pipeline);
    if (found) yield at(found, `"${pipeline.text.slice(found.start, found.end)}" leaves staging out`);
    for (const job of deploysIn(flow)) {
      const way = job.deployment?.tier === "production" ? wayRound(job, flow, pipeline, branches) : undefined;
      if (way) yield at(way.span, `"${job.node.id}" goes to production for "${way.word}" without staging before it`);
    }
  },
});

const name = /\b(?:skip|bypass|without|no|ignore)[_-]?(?:staging|stg)\b(?:[_-]\w+)*/gi;

/** The first name of such a switch that is no part of a comment. */
function switchIn({ text, comments }: Pipeline): Span | undefined {
  for (const { index, 0: word } of text.matchAll(name)) {
    const line = text.slice(text.lastIndexOf("\n", index) + 1, index);
    const isComment = comments.some(({ span }) => span.start <= index && index < span.end) || /(?:^|\s)#/.test(line);
    // A deny: `no-staging-…` as an address or a path.
    if (
      !isComment &&
      !/[\w./-]$/.test(
        line.replace(/\b(?:inputs|vars|env|github|event|parameters|variables|client_payload)\.|--|-D/g, ""),
      )
    )
      return { start: index, end: index + word.length };
  }
  return undefined;
}

/** The word in the conditions of the job by which it runs, while no staging is waited for. */
function wayRound({ node }: FlowJob, flow: Flow, { jobs, text }: Pipeline, branches: readonly string[]) {
  const order = orderOf(flow);
  const own = jobs.find(({ id }) => id === jobIdOf(node));
  if (!own || order.unseenBefore(node)) return undefined;
  if (waitsForStaging(node, flow, order) || ![...flow.jobs.values()].some(isTried)) return undefined;
  for (const { text: condition, span } of conditionsOf(node, own, text)) {
    const word = condition.includes("!") ? undefined : branches.find((one) => condition.toLowerCase().includes(one));
    if (word === undefined) continue;
    const start = span.start + condition.toLowerCase().indexOf(word);
    return { word, span: { start, end: start + word.length } };
  }
  return undefined;
}

/** What says when the job runs: lines with `if`, conditions of the job and its stage on Azure, and branches. */
function* conditionsOf(node: FlowNode, { span, branches = [] }: Job, text: string): Generator<Text> {
  for (const line of text.slice(span.start, span.end).matchAll(/^[ \t]*(?:- )?if:([^\n]*)/gm)) {
    const written = line[1] ?? "";
    const end = span.start + line.index + line[0].length;
    yield { text: written, span: { start: end - written.length, end } };
  }
  for (const one of [node.waitsFor.find(({ start }) => start), node]) {
    const written = one?.condition?.text ?? "";
    const start = written.startsWith("condition:") ? text.indexOf(written, one?.span.start) : -1;
    if (start >= 0) yield { text: written, span: { start, end: start + written.length } };
  }
  yield* branches;
}
