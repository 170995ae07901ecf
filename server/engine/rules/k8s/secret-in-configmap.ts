// Secrets that are kept where nobody protects them: in ConfigMaps.

import type { KubernetesFile } from "../../languages/kubernetes/model.js";
import { type DataEntry, dataOf, isConfigMap, isEncrypted } from "../../languages/kubernetes/secret.js";
import { at, rule, type Span } from "../../rule.js";
import { secretOptions } from "../../secret-options.js";
import { isSecretPair, isStructured, type Judge, judgeOf, leaksIn, shapesIn } from "./_secret-words.js";

export default rule({
  on: "kubernetes",
  title: "Keep secrets out of ConfigMaps",
  why: "ConfigMaps are for what everyone may see: most roles can read them, they are not encrypted at rest, and dashboards print them. A secret belongs in a Secret, better still in a secret manager from which one is made.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Kubernetes Best Practices",
  alsoKnownAs: ["polaris sensitiveConfigmapContent", "trivy KSV-0109", "trivy KSV-01010"],
  options: secretOptions(),

  *check(file, options) {
    const judge = judgeOf(options);
    for (const object of file.objects) {
      if (!isConfigMap(object) || isEncrypted(object)) continue;
      for (const entry of dataOf(object)) {
        const { key, value = "" } = entry;
        if (options.names.includes(key)) continue;
        if (isSecretPair(key, value, judge))
          yield at(entry.place, `${object.called} holds the value of "${key}", which looks like a secret`);
        else
          for (const { what, span } of leaksOf(file, entry, judge))
            yield at(span, `"${key}" in ${object.called} holds ${what}`);
      }
    }
  },
});

/** The secrets within a value. In a block scalar each has its own place, elsewhere it is the place of the value. */
function leaksOf(
  { text }: KubernetesFile,
  { value = "", span, place }: DataEntry,
  judge: Judge,
): readonly { readonly what: string; readonly span: Span }[] {
  if (!isStructured(value)) return shapesIn(value).map(({ what }) => ({ what, span: place }));
  if (place === span) return leaksIn(value, judge).map(({ what }) => ({ what, span: place }));
  return leaksIn(text.slice(span.start, span.end), judge).map(({ what, start, end }) => ({
    what,
    span: { start: span.start + start, end: span.start + end },
  }));
}
