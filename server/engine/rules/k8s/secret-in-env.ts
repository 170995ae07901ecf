// Secrets written into the environment of a container.

import { isPlain, items, look, type Tree, textOf } from "../../languages/kubernetes/look.js";
import type { KubernetesFile, KubernetesObject } from "../../languages/kubernetes/model.js";
import { replaceEntry } from "../../languages/yaml/edits.js";
import { entryOf } from "../../languages/yaml/model.js";
import { at, type Fix, rule, snippet } from "../../rule.js";
import { secretOptions } from "../../secret-options.js";
import { escapeSnippet } from "../../snippet.js";
import { containersOf } from "./_container.js";
import { isSecretPair, judgeOf, shapesIn } from "./_secret-words.js";

export default rule({
  on: "kubernetes",
  title: "Keep secrets out of a container's environment",
  why: "A value in a manifest stands in Git for ever and is shown to everyone who may describe the pod. A reference to a Secret keeps it apart: it can be replaced without a commit, and be read by those alone who need it.",
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Infrastructure as Code Standards",
  alsoKnownAs: [
    "kube-linter env-var-secret",
    "polaris sensitiveContainerEnvVar",
    "kics 4b2b5fd3",
    "sonar S2068",
    "sonar S6418",
  ],
  options: secretOptions(),

  *check(file, options) {
    const judge = judgeOf(options);
    for (const { object, container } of containersOf(file))
      for (const variable of items(look(container.tree, "env"))) {
        const [name, value] = [textOf(look(variable, "name")), textOf(look(variable, "value"))];
        if (name.state !== "set" || value.state !== "set" || options.names.includes(name.value)) continue;
        const of = `"${name.value}" of ${container.called}`;
        const fixes = refer(file, object, variable, name.value);
        const [shape] = shapesIn(value.value);
        if (isSecretPair(name.value, value.value, judge)) yield at(value, `${of} is written out here`, ...fixes);
        else if (shape) yield at(value, `${of} holds ${shape.what}`, ...fixes);
      }
  },
});

/** Takes the value from a Secret instead, under the variable's own name. */
function refer(
  { text }: KubernetesFile,
  { name: owner }: KubernetesObject,
  variable: Tree,
  name: string,
): readonly Fix[] {
  const { node } = variable;
  const entry = entryOf(node, "value");
  if (node.type !== "map" || !entry || !isPlain(variable)) return [];
  const secret = owner.state === "set" ? `${escapeSnippet(owner.value)}-secrets` : "app-secrets";
  const secretKeyRef = { name: `\${1:${secret}}`, key: `\${2:${escapeSnippet(name)}}` };
  const edit = replaceEntry(text, node, entry, { valueFrom: { secretKeyRef } });
  return edit ? [snippet(`Take "${name}" from a Secret`, edit)] : [];
}
