// Alerts on what users notice. Off unless it is asked for: the Engineer Instructions forbid alerts on symptoms, and give one
// as their good example.

import { isSilent } from "../../languages/prometheus/model.js";
import { symptomOf } from "../../languages/prometheus/signals.js";
import { at, rule } from "../../rule.js";
import { exemptOption, isExempt } from "./_alert.js";

export default rule({
  on: "prometheus",
  title: "Alert on causes where symptoms are covered",
  why: "An error rate or a latency tells that users suffer, not why. Teams that are paged by symptoms elsewhere can ask here for alerts on causes only. Most teams want both, so the rule is off by default.",
  severity: "hint",
  profile: "opt-in",
  phase: 4,
  standard: "Engineer Instructions, Monitoring Requirements",
  options: { exempt: exemptOption },

  *check({ alerts, text }, { exempt }) {
    for (const alert of alerts) {
      const root = alert.expression?.root;
      if (!root || isExempt(alert, exempt) || isSilent(alert, text)) continue;
      const symptom = symptomOf(root);
      if (symptom) yield at(alert, `${alert.called} watches a symptom, ${symptom}, and not its cause`);
    }
  },
});
