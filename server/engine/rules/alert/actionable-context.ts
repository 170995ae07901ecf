// Alerts that tell neither what they are about nor how bad it is.

import { look } from "../../languages/kubernetes/look.js";
import { isAbsence, isConstant } from "../../languages/prometheus/conditions.js";
import { type Alert, firstAnnotation, isSilent } from "../../languages/prometheus/model.js";
import { tellsOfSeries } from "../../languages/prometheus/notification.js";
import { textIn } from "../../languages/prometheus/scalars.js";
import { at, rule } from "../../rule.js";
import { exemptOption, isExempt } from "./_alert.js";

export default rule({
  on: "prometheus",
  title: "Tell in an alert what it is about and how bad it is",
  why: "One rule fires for many series. Without a label or the value in its texts, every notification reads the same, and finding out which instance is meant costs the first minutes.",
  severity: "information",
  profile: "recommended",
  phase: 4,
  standard: "Role Definition, Monitoring and Alerting",
  alsoKnownAs: ["pint alerts/template"],
  options: { exempt: exemptOption },

  *check({ alerts, text }, { exempt }) {
    for (const alert of alerts) {
      if (isExempt(alert, exempt) || isSilent(alert, text) || saysAllByItsName(alert)) continue;
      const summary = firstAnnotation(alert, ["summary"], text);
      const description = firstAnnotation(alert, ["description", "message"], text);
      const told = description.state === "set" ? description : summary;
      if (told.state !== "set" || told.value.trim() === "") continue; // other rules ask for them
      if (isSilentOnSeries(alert, text))
        yield at(told.span, `the texts of ${alert.called} use neither "$labels" nor "$value"`);
    }
  },
});

/** Whether no annotation tells of the series; one that is not known, or that a template may add, could. */
function isSilentOnSeries(alert: Alert, text: string): boolean {
  const found = look(alert.tree, "annotations");
  if (typeof found === "string" || found.node.type !== "map" || look(found, "description") === "unknown") return false;
  return found.node.entries.every(({ key }) => {
    const field = textIn(text, look(found, key.text));
    return field.state === "absent" || (field.state === "set" && !tellsOfSeries(field.value));
  });
}

/** What is absent has no labels and no value worth telling. */
function saysAllByItsName({ expression }: Alert): boolean {
  if (!expression) return true;
  return expression.root
    ? isAbsence(expression.root) || isConstant(expression.root)
    : /\babsent(?:_over_time)?\b/.test(expression.text);
}
