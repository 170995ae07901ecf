// Alerts that fire at the first evaluation that finds something.

import { look, textOf } from "../../languages/kubernetes/look.js";
import { isAbsence, isClock, isConstant, isOneShot, isSlow } from "../../languages/prometheus/conditions.js";
import { secondsOf } from "../../languages/prometheus/durations.js";
import { type Alert, isSilent } from "../../languages/prometheus/model.js";
import { signalsOf } from "../../languages/prometheus/signals.js";
import { at, replace, rule, suggest } from "../../rule.js";
import { exemptOption, extend, isExempt, whenEdited } from "./_alert.js";

export default rule({
  on: "prometheus",
  title: "Let a condition hold before an alert fires",
  why: 'Without "for" a single scrape decides: a restart or one slow answer pages somebody, and the alert is gone before it is read. Alerts that nobody trusts are not read when it matters.',
  severity: "warning",
  profile: "recommended",
  phase: 4,
  standard: "Engineer Instructions, Alert Design",
  alsoKnownAs: ["pint alerts/for", "pint rule/for"],
  options: { exempt: exemptOption },

  *check({ alerts, text }, { exempt }) {
    for (const alert of alerts) {
      const written = textOf(look(alert.tree, "for"));
      if (written.state === "unknown" || (written.state === "set" && secondsOf(written.value) !== 0)) continue;
      if (isExempt(alert, exempt) || !mayFlap(alert, text)) continue;
      const edits = written.state === "set" ? [replace(written.span, "5m")] : extend(text, alert.tree, { for: "5m" });
      const fixes = whenEdited(edits, (...all) => suggest("Let the condition hold for 5 minutes", ...all));
      if (written.state === "set")
        yield at(written.span, `${alert.called} fires at once: the condition has to hold for no time`, ...fixes);
      else yield at(alert, `${alert.called} fires at once: it has no "for"`, ...fixes);
    }
  },
});

/** Whether a condition can come and go: it is no absence, no count of single events, no time that has passed, no long window. */
function mayFlap(alert: Alert, text: string): boolean {
  const root = alert.expression?.root;
  if (!root || isSilent(alert, text) || look(alert.tree, "keep_firing_for") !== "absent") return false;
  if (isAbsence(root) || isOneShot(root) || isClock(root) || isSlow(root) || isConstant(root)) return false;
  return !signalsOf(alert).includes("burn-rate"); // its windows are its patience
}
