// Roles that grant everything there is, and everything there will be.

import { type AccessRule, grantsOf } from "../../languages/kubernetes/access.js";
import type { Field } from "../../languages/kubernetes/look.js";
import { at, rule } from "../../rule.js";

export default rule({
  on: "kubernetes",
  title: "Name what a role may do",
  why: "A wildcard grants what nobody thought of: Secrets, the right to impersonate, and every resource that is installed later. A list of verbs and resources is short, can be reviewed, and limits what a stolen token is worth.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: [
    "kube-linter wildcard-in-rules",
    "checkov CKV_K8S_49",
    "trivy KSV-0044",
    "trivy KSV-0045",
    "trivy KSV-0046",
    "kics 6b896afb",
    "sonar S6867",
  ],

  *check({ objects }) {
    for (const object of objects)
      for (const granted of grantsOf(object)) {
        const [first] = [...granted.verbs, ...granted.resources, ...granted.groups]
          .flatMap((field) => (isEverything(field) && field.state === "set" ? [field] : []))
          .sort((a, b) => a.span.start - b.span.start);
        if (first) yield at(first, `${object.called} grants ${scopeOf(granted)}`);
      }
  },
});

const isEverything = (field: Field<string>): boolean => field.state === "set" && field.value === "*";

/** `every verb on every resource of every API group`; lists that name what they mean are repeated. */
function scopeOf({ verbs, resources, groups, urls }: AccessRule): string {
  const [objects, everything] = resources.length > 0 ? [resources, "every resource"] : [urls, "every URL"];
  const on = objects.length > 0 ? ` on ${said(objects, everything)}` : "";
  const of = groups.some(isEverything) ? " of every API group" : "";
  return `${verbs.length > 0 ? said(verbs, "every verb") : "verbs"}${on}${of}`;
}

function said(fields: readonly Field<string>[], everything: string): string {
  if (fields.some(isEverything)) return everything;
  const known = fields.flatMap((field) => (field.state === "set" ? [`"${field.value}"`] : []));
  const rest = known.length - 3;
  return known.length === 0 ? "some" : known.slice(0, 3).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
