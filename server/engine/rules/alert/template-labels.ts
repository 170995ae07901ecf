// Texts of an alert that use a label which its expression drops.

import { look } from "../../languages/kubernetes/look.js";
import type { Expr } from "../../languages/prometheus/expression.js";
import { dropperOf } from "../../languages/prometheus/labels.js";
import { type Alert, labelOf } from "../../languages/prometheus/model.js";
import { labelsShown } from "../../languages/prometheus/notification.js";
import { placeOf, textIn } from "../../languages/prometheus/scalars.js";
import { at, type Finding, rule } from "../../rule.js";
import { exemptOption, isExempt } from "./_alert.js";

export default rule({
  on: "prometheus",
  title: "Use only labels that the expression keeps",
  why: "A label that an aggregation has dropped is empty in the notification: the sentence still reads well, and says nothing about where to look.",
  severity: "warning",
  profile: "strict",
  phase: 4,
  standard: "Role Definition, Monitoring and Alerting",
  alsoKnownAs: ["pint alerts/template"],
  options: { exempt: exemptOption },

  *check({ alerts, text }, { exempt }) {
    for (const alert of alerts)
      if (!isExempt(alert, exempt)) for (const part of ["annotations", "labels"]) yield* inTexts(alert, part, text);
  },
});

function* inTexts(alert: Alert, part: string, text: string): Generator<Finding> {
  const root = alert.expression?.root;
  const map = look(alert.tree, part);
  if (!root || typeof map === "string" || map.node.type !== "map") return;
  for (const { key } of map.node.entries) {
    const field = textIn(text, look(map, key.text));
    if (field.state !== "set") continue;
    const said = new Set<string>();
    for (const { name, written } of labelsShown(field.value)) {
      const dropper = said.has(name) || isGiven(alert, name, text) ? undefined : dropperOf(root, name);
      said.add(name);
      if (dropper) yield at(placeOf(text, field.span, written), `"${name}" is always empty here: ${reason(dropper)}`);
    }
  }
}

/** Labels of the rule itself and of its group: some servers offer them to its texts as well. */
const isGiven = (alert: Alert, name: string, text: string): boolean =>
  name === "alertname" || name === "alertgroup" || labelOf(alert, name, text).state !== "absent";

function reason(dropper: Expr): string {
  switch (dropper.type) {
    case "aggregation": {
      const { name, grouping } = dropper;
      const kept = grouping && ` ${grouping.by ? "by" : "without"} (${grouping.labels.join(", ")})`;
      return `"${name}${kept ?? ""}" drops it`;
    }
    case "binary": {
      const { operator, matching } = dropper;
      return `"${operator}${matching ? ` ${matching.on ? "on" : "ignoring"} (${matching.labels.join(", ")})` : ""}" drops it`;
    }
    case "call":
      return `"${dropper.name}" gives no such label`;
    case "selector":
      return "the selector asks for series without it";
    default:
      return "a number has no labels";
  }
}
