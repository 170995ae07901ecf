// Alerts that the workspace has twice.

import { identityOf } from "../../languages/prometheus/facts.js";
import { at, rule, type Workspace } from "../../rule.js";
import { exemptOption, isExempt } from "./_alert.js";
import { nameOf, shortPath } from "./_paths.js";

export default rule({
  on: "prometheus",
  title: "Define every alert once",
  why: "The same alert from two rules notifies twice, and when one of them is tuned or silenced the other goes on. The same name with another severity is a normal pair.",
  severity: "information",
  profile: "recommended",
  phase: 4,
  standard: "Role Definition, Anti-Patterns to Avoid",
  alsoKnownAs: ["pint rule/duplicate"],
  options: { exempt: exemptOption },

  *check({ alerts, text, path }, { exempt }, workspace) {
    const seen = new Set<string>();
    for (const alert of alerts) {
      const identity = identityOf(alert, text);
      if (!identity || isExempt(alert, exempt)) continue;
      const id = JSON.stringify(identity);
      const elsewhere = seen.has(id) ? "above" : inOtherFile(path, identity, workspace);
      seen.add(id);
      if (elsewhere !== undefined)
        yield at(alert, `${alert.called} is defined ${elsewhere} with the same severity and expression`);
    }
  },
});

type Identity = NonNullable<ReturnType<typeof identityOf>>;

/** Files of one name in several folders are copies for several servers or environments. */
function inOtherFile(path: string, { name, severity, expression }: Identity, workspace: Workspace): string | undefined {
  const other = workspace
    .facts("prometheus.alert", name)
    .find((one) => one.severity === severity && one.expression === expression && nameOf(one.path) !== nameOf(path));
  return other && `in "${shortPath(path, other.path)}" as well,`;
}
