// Services with a written objective whose error budget no alert watches.

import { serviceOf } from "../../languages/prometheus/signals.js";
import { at, option, rule, type Workspace } from "../../rule.js";
import { foldersAbove, shortPath } from "./_paths.js";

export default rule({
  on: "prometheus",
  title: "Alert on the burn rate of service objectives",
  why: "An objective is kept or missed by its error budget. An alert on how fast the budget burns fires when users lose what they were promised, and stays quiet for what the budget allows.",
  severity: "hint",
  profile: "opt-in",
  phase: 4,
  standard: "DevOps Engineering Protocol, Phase 4: Monitoring & Observability",
  options: {
    documents: option.strings(
      ["docs/slo/{service}.md", "docs/slos/{service}.md", "slo/{service}.md", "slos/{service}.md"],
      "Where the objectives of a service are written, from the top of the repository; {service} is its name",
    ),
  },

  *check({ alerts, text, path }, { documents }, workspace) {
    const seen = new Set<string>();
    for (const alert of alerts) {
      const service = serviceOf(alert, text);
      if (service === undefined || seen.has(service)) continue;
      seen.add(service);
      const document = documentOf(
        path,
        documents.map((one) => one.replaceAll("{service}", service)),
        workspace,
      );
      if (document === undefined || hasBurnRate(service, workspace)) continue;
      yield at(alert, `no alert watches the error budget of "${service}", which has objectives in "${document}"`);
    }
  },
});

function documentOf(path: string, names: readonly string[], workspace: Workspace): string | undefined {
  for (const folder of foldersAbove(path))
    for (const name of names) if (workspace.exists(`${folder}/${name}`)) return shortPath(path, `${folder}/${name}`);
  return undefined;
}

const hasBurnRate = (service: string, workspace: Workspace): boolean =>
  workspace.facts("prometheus.signal", "burn-rate").some((one) => one.service === undefined || one.service === service);
