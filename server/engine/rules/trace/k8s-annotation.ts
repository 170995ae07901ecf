// Workloads that name no requirement they exist for.

import { type Built, kustomized, toNamed } from "../../languages/kubernetes/kustomize.js";
import { isPlain, look, textOf } from "../../languages/kubernetes/look.js";
import type { KubernetesFile, KubernetesObject } from "../../languages/kubernetes/model.js";
import { extendMap } from "../../languages/yaml/edits.js";
import { at, option, rule, snippet } from "../../rule.js";
import type { Edit } from "../../text.js";

export default rule({
  on: "kubernetes",
  title: "Annotate workloads with their requirements",
  why: "An annotation with the ids of the requirements travels with the workload into the cluster: whoever finds it there knows what it is for, whom to ask, and what a change has to be checked against.",
  severity: "information",
  profile: "recommended",
  phase: 3,
  standard: "Role Instructions, Infrastructure Code with Requirement Traceability",
  alsoKnownAs: ["kube-linter required-annotation"],
  options: {
    annotations: option.strings(["requirement-id"], "Annotations that hold requirement ids; one of them is enough"),
    kinds: option.strings(
      ["Deployment", "StatefulSet", "DaemonSet", "CronJob", "Rollout"],
      "Kinds of objects that have to carry one",
    ),
  },

  *check(file, { annotations, kinds }, workspace) {
    const [wanted] = annotations;
    if (wanted === undefined) return;
    const built = kustomized(file, workspace);
    for (const object of file.objects) {
      if (!kinds.includes(object.kind) || object.partial) continue;
      const fields = annotations.map((key) => textOf(look(object.tree, "metadata", "annotations", key)));
      if (fields.some((field) => field.state === "unknown" || (field.state === "set" && field.value.trim() !== "")))
        continue;
      if (isAnnotatedBy(built(), object, annotations)) continue;
      const edits = annotate(file, object, wanted);
      yield at(
        object.span,
        `${object.called} has no annotation "${annotations.join('" or "')}"`,
        ...(edits.length > 0 ? [snippet(`Add the annotation "${wanted}"`, ...edits)] : []),
      );
    }
  },
});

/** Whether a kustomization adds the annotation, or the object is a fragment that others complete. */
const isAnnotatedBy = (built: Built, object: KubernetesObject, annotations: readonly string[]): boolean =>
  built.fragment ||
  built.annotations.some((key) => annotations.includes(key)) ||
  built.patches("annotations", toNamed(object));

function annotate({ text }: KubernetesFile, { tree }: KubernetesObject, key: string): readonly Edit[] {
  const metadata = look(tree, "metadata");
  if (typeof metadata === "string" || metadata.node.type !== "map" || !isPlain(metadata)) return [];
  return extendMap(text, metadata.node, { annotations: { [key]: `\${1:REQ-AREA-001}` } }) ?? [];
}
