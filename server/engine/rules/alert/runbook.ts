// Alerts that name no runbook.

import { isSilent } from "../../languages/prometheus/model.js";
import { fix, option, rule, snippet } from "../../rule.js";
import { annotate, exemptOption, isExempt, isMissing, missing, whenEdited } from "./_alert.js";
import { addressOf, runbookKeys, runbookOf } from "./_runbook.js";

export default rule({
  on: "prometheus",
  title: "Link a runbook from every alert",
  why: "An alert asks somebody to act, at night and in a hurry. The runbook says what to look at first and how to bring the service back; a link in the alert spares the search for it.",
  severity: "error",
  profile: "recommended",
  phase: 4,
  standard: "Role Definition, Monitoring and Alerting",
  alsoKnownAs: ["pint alerts/annotation"],
  options: {
    keys: runbookKeys,
    base: option.string(
      "",
      "Address that runbooks are below, for the fix; {alert} in it is the name in kebab case, {alertlower} in lower case, {Alert} as it is",
    ),
    exempt: exemptOption,
  },

  *check({ alerts, text }, { keys, base, exempt }) {
    for (const alert of alerts) {
      const found = runbookOf(alert, keys, text);
      if (!isMissing(found) || isExempt(alert, exempt) || isSilent(alert, text)) continue;
      const known = base !== "" && alert.name.state === "set" ? addressOf(base, alert.name.value) : undefined;
      const value = known ?? `\${1:https://example.com/runbooks/name}`;
      const edits = annotate(text, alert, keys[0] ?? "runbook_url", value);
      const fixes = whenEdited(edits, (...all) =>
        known ? fix(`Link the runbook ${known}`, ...all) : snippet(`Link a runbook from ${alert.called}`, ...all),
      );
      yield missing(alert, found, "runbook", ...fixes);
    }
  },
});
