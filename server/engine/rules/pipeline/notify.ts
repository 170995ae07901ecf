// Deployments to production that nobody is told of.

import { flowOf } from "../../languages/pipeline/flow.js";
import { at, rule } from "../../rule.js";
import { addJobs } from "./_additions.js";
import { amongJobs, namedBy } from "./_names.js";
import { anyWords, evidenceOf, productionIn, seesAll } from "./_seen.js";

export default rule({
  on: "pipeline",
  title: "Tell the team about deployments to production",
  why: "When an alert fires, the first question is what has changed. A message with every deployment answers it before it is asked, and lets those who watch the service know when to look.",
  severity: "information",
  profile: "strict",
  phase: 3,
  standard: "Role Definition, Rule 3: Change Management",

  *check(pipeline, _options, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || !seesAll(flow) || evidenceOf(flow, "notify").length > 0) return;
    const [first] = productionIn(flow);
    if (!first?.deployment || anyWords(flow, pipeline, messengers)) return;
    yield at(
      first.node.span,
      `${namedBy(first, first.deployment.evidence)} deploys to production and nobody is told: no notification ${amongJobs(flow)}`,
      ...addJobs("Add a job that tells the team", pipeline, first, [{ ...notifyJob, after: first }]),
    );
  },
});

/** Services and words by which people are told. */
const messengers =
  /slack|msteams|\bteams\b|discord|telegram|mattermost|pagerduty|opsgenie|webhook|e?mail|notif|announce|rocket\.?chat|zulip|grafana.*annotation|datadog.*event|newrelic/i;

const notifyJob = {
  id: "notify",
  runs: "always",
  secrets: ["CHAT_WEBHOOK"],
  commands: [`curl --fail --data "text=Deployment \${1:of the service} has ended" "\\$CHAT_WEBHOOK"`],
} as const;
