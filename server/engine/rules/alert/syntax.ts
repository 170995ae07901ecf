// Rules that Prometheus refuses to load.

import { at, rule } from "../../rule.js";

export default rule({
  on: "prometheus",
  title: "Write rules that Prometheus can load",
  why: "Prometheus refuses a whole file for one wrong rule, and goes on with what it had loaded before: new alerts do not exist, and nothing shows that.",
  severity: "error",
  profile: "recommended",
  phase: 4,
  standard: "Engineer Instructions, Alert Design",
  alsoKnownAs: ["pint promql/syntax", "pint yaml/parse"],

  *check({ faults }) {
    for (const { span, message } of faults) yield at(span, message);
  },
});
