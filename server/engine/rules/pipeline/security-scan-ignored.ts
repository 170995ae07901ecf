// Security scans whose findings stop nothing: told to pass, or followed by something that lets them.

import { type IgnoredCheck, ignoredChecks } from "../../languages/pipeline/ignored.js";
import { at, rule, suggest } from "../../rule.js";

export default rule({
  on: "pipeline",
  title: "Let security scans stop the pipeline",
  why: "A scan that may fail without consequence is a log that nobody reads: the hole it has found goes to production with a green tick. Where one finding has to wait, an exception for just that one keeps the gate closed for all others.",
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Infrastructure Anti-Patterns",

  *check(pipeline) {
    for (const check of ignoredChecks(pipeline)) {
      if (check.evidence.role !== "security") continue;
      const { how, by, command, mended } = check;
      const tool = command?.words[0] ?? check.evidence.text;
      const fixes = mended ? [suggest("Let its findings stop the pipeline", mended)] : [];
      if (how === "prints")
        yield at(
          by,
          `"${tool}" only prints what it finds: no exit code or severity to fail at is given`,
          "warning",
          ...fixes,
        );
      else yield at(placeOf(check), `"${by.text}" lets everything pass that "${tool}" finds`, ...fixes);
    }
  },
});

/** The scan itself, unless a setting elsewhere lets it pass. */
const placeOf = ({ how, by, command }: IgnoredCheck) =>
  command && (how === "flag" || how === "next" || how === "shell") ? command : by;
