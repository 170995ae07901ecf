// Pipelines that deploy to production without a test of the load.

import { flowOf } from "../../languages/pipeline/flow.js";
import { at, option, rule } from "../../rule.js";
import { addJobs } from "./_additions.js";
import { amongJobs, namedBy } from "./_names.js";
import { anyWords, productionIn, seesAll } from "./_seen.js";

export default rule({
  on: "pipeline",
  title: "Test the performance before production",
  why: "A query that has become ten times slower passes every functional test. A short load test with limits in the pipeline finds it at the commit that made it, not on the busiest day of the year.",
  severity: "hint",
  profile: "opt-in",
  phase: 3,
  standard: "Role Instructions, Pipeline Configuration with Requirement Gates",
  options: {
    tools: option.strings([], "Words in names, commands or actions that stand for a performance test of your own"),
  },

  *check(pipeline, { tools }, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || !seesAll(flow)) return;
    const own = tools.map((tool) => tool.toLowerCase());
    const [first] = productionIn(flow);
    if (!first?.deployment || anyWords(flow, pipeline, known)) return;
    if (
      own.length > 0 &&
      anyWords(flow, pipeline, { test: (text) => own.some((tool) => text.toLowerCase().includes(tool)) })
    )
      return;
    yield at(
      first.node.span,
      `${namedBy(first, first.deployment.evidence)} deploys to production what no load was put on: no performance test ${amongJobs(flow)}`,
      ...addJobs("Add a job that tests the performance", pipeline, first, [performanceJob]),
    );
  },
});

const known =
  /\bk6\b|jmeter|locust|gatling|artillery|\bwrk\b|\bhey\b|vegeta|autocannon|\bab -|apachebench|tsung|siege|drill\b|oha\b|lighthouse|sitespeed|blazemeter|neoload|load[-_ ]?test|load_performance|browser_performance|performance|\bperf\b|benchmark|stress/i;

const performanceJob = {
  id: "performance",
  image: `grafana/k6:\${1:0.55.0}`,
  commands: [`k6 run \${2:load.js}`],
};
