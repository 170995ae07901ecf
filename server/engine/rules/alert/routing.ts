// Routes at whose end nobody hears of a critical alert.

import { type End, endsOf, type Routing } from "../../languages/prometheus/alertmanager.js";
import { at, option, rule } from "../../rule.js";

export default rule({
  on: "prometheus",
  title: "Route critical alerts to somebody",
  why: "A receiver without an integration swallows what it is sent. Alertmanager finds nothing wrong with that, and the alert shows as firing in a list that nobody watches at night.",
  severity: "information",
  profile: "strict",
  phase: 4,
  standard: "Role Instructions, Alert Configuration",
  options: { severities: option.strings(["critical"], "Severities that have to reach somebody") },

  *check({ routings }, { severities }) {
    for (const routing of routings)
      for (const severity of severities) {
        const ends = endsOf(routing.root, severity);
        const last = ends.at(-1);
        if (!last || !ends.every((end) => isDeaf(routing, end))) continue;
        const names = [...new Set(ends.map(({ name }) => `"${name}"`))];
        const what = names.length > 1 ? "the receivers" : "the receiver";
        const why = names.length > 1 ? "which notify nobody" : "which notifies nobody";
        yield at(
          routing.place ?? last,
          `alerts with the severity "${severity}" end at ${what} ${names.join(", ")}, ${why}`,
        );
      }
  },
});

const isDeaf = ({ receivers }: Routing, { name }: End): boolean =>
  name !== undefined && receivers.has(name) && receivers.get(name) === false;
