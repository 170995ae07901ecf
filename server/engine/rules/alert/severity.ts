// Alerts without a severity, or with one that no route knows.

import { labelOf } from "../../languages/prometheus/model.js";
import { isTemplated } from "../../languages/prometheus/scalars.js";
import { at, option, replace, rule, snippet, suggest } from "../../rule.js";
import { exemptOption, extend, isExempt, whenEdited } from "./_alert.js";

export default rule({
  on: "prometheus",
  title: "Label every alert with a known severity",
  why: "Alertmanager decides by the severity whether somebody is woken up or a ticket is opened. An alert without one, or with one that no route knows, takes the default route, where nobody looks for it.",
  severity: "error",
  profile: "recommended",
  phase: 4,
  standard: "Engineer Instructions, Alert Design",
  alsoKnownAs: ["pint rule/label"],
  options: {
    allowed: option.strings(["critical", "warning", "info", "page", "ticket", "none"], "Severities that routes know"),
    exempt: exemptOption,
  },

  *check({ alerts, text }, { allowed, exempt }) {
    for (const alert of alerts) {
      const field = labelOf(alert, "severity", text);
      if (field.state === "unknown" || isExempt(alert, exempt)) continue;
      if (field.state === "absent" || field.value === "") {
        const edits = extend(text, alert.tree, { labels: { severity: `\${1:${allowed[0] ?? "warning"}}` } });
        const fixes = whenEdited(edits, (...all) => snippet(`Label ${alert.called} with a severity`, ...all));
        yield at(alert, `${alert.called} has no severity`, ...fixes);
      } else if (!isTemplated(field.value) && !allowed.includes(field.value)) {
        const same = allowed.find((one) => one.toLowerCase() === field.value.toLowerCase());
        const written = text.slice(field.span.start, field.span.end);
        const fixes = same ? [suggest(`Write "${same}"`, replace(field.span, written.replace(field.value, same)))] : [];
        yield at(field.span, `the severity "${field.value}" is none of ${allowed.join(", ")}`, ...fixes);
      }
    }
  },
});
