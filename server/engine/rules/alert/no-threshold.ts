// Alerts whose expression compares with nothing.

import { alwaysCompares, isConditional, isConstant } from "../../languages/prometheus/conditions.js";
import { metricOf, selectorsIn } from "../../languages/prometheus/expression.js";
import { type Expression, isSilent } from "../../languages/prometheus/model.js";
import { placeIn } from "../../languages/prometheus/scalars.js";
import { at, rule, type Workspace } from "../../rule.js";
import { exemptOption, isExempt } from "./_alert.js";

export default rule({
  on: "prometheus",
  title: "Give every alert a threshold",
  why: "An alert fires for every series that its expression returns, whatever the value. Without a comparison it fires as long as the metric exists, also when the value is zero.",
  severity: "warning",
  profile: "recommended",
  phase: 4,
  standard: "Role Definition, Workflow 5: Implement Monitoring and Alerting",
  alsoKnownAs: ["pint alerts/comparison"],
  options: { exempt: exemptOption },

  *check({ alerts, text }, { exempt }, workspace) {
    for (const alert of alerts) {
      const { expression } = alert;
      if (!expression?.root || isExempt(alert, exempt) || isSilent(alert, text)) continue;
      if (isConstant(expression.root) || isConditional(expression.root)) continue;
      if (restsOnRecord(expression, workspace)) continue;
      const place = placeIn(text, expression.scalar, expression.root.span);
      const bool = alwaysCompares(expression.root);
      yield at(
        place,
        bool
          ? `"${bool.operator} bool" gives 0 or 1, never nothing, so ${alert.called} always fires`
          : `the expression compares with nothing, so ${alert.called} fires as long as it has a result`,
      );
    }
  },
});

/** A recorded series can hold the condition: it is there only while something is wrong. */
const restsOnRecord = ({ root }: Expression, workspace: Workspace): boolean =>
  root !== undefined &&
  selectorsIn(root).some((selector) => {
    const name = metricOf(selector);
    if (name === undefined) return false;
    const found = workspace.facts("prometheus.record", name);
    // By convention only recorded series have a colon: one whose rule is not here may hold a condition.
    return found.length > 0 ? found.some(({ conditional }) => conditional) : name.includes(":");
  });
