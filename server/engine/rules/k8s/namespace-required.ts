// Objects that are in the namespace "default", or in whichever is current when they are applied.

import { isNamespaced } from "../../languages/kubernetes/kinds.js";
import { kustomized } from "../../languages/kubernetes/kustomize.js";
import { look } from "../../languages/kubernetes/look.js";
import type { KubernetesFile, KubernetesObject } from "../../languages/kubernetes/model.js";
import { namespacesOf } from "../../languages/kubernetes/relations.js";
import { at, type Fix, replace, rule, snippet, type Workspace } from "../../rule.js";
import { escapeSnippet } from "../../snippet.js";
import { extendAt, whenEdited } from "./_container.js";

export default rule({
  on: "kubernetes",
  title: "Put objects into a namespace of their own",
  why: 'Quotas, network policies and access rights are given by namespace. What names none lands wherever the one who applies it happens to be, and "default" is where everything else lands as well. Helm and Kustomize set the namespace from outside, so charts and files that a kustomization builds are judged only where they say "default" themselves.',
  severity: "information",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Kubernetes Best Practices",
  alsoKnownAs: ["kube-linter use-namespace", "checkov CKV_K8S_21", "trivy KSV-0110", "kics 611ab018"],

  *check(file, _options, workspace) {
    for (const object of file.objects) {
      const { namespace, called, kind, apiVersion } = object;
      if (!isNamespaced(kind, apiVersion)) continue;
      if (namespace.state === "set" && namespace.value === "default" && staysDefault(file, workspace)) {
        const edit = replace(namespace, nameFor(file));
        yield at(namespace, `${called} is in namespace "default"`, "warning", snippet("Name another namespace", edit));
      }
      if (namespace.state === "absent" && isAppliedAsIs(file, object, workspace))
        yield at(
          object.span,
          `${called} names no namespace: it goes to whichever is current when it is applied`,
          ...addNamespace(file, object),
        );
    }
  },
});

/** Whether no kustomization puts the objects of a file somewhere else. */
function staysDefault({ path }: KubernetesFile, workspace: Workspace): boolean {
  const namespaces = namespacesOf({ path, namespace: ["default"] }, workspace);
  return typeof namespaces !== "string" && namespaces.includes("default");
}

/** Whether an object is applied as its file has it: by no chart and no kustomization. */
const isAppliedAsIs = (file: KubernetesFile, { partial, tree }: KubernetesObject, workspace: Workspace): boolean =>
  !partial &&
  !tree.template &&
  !file.path.includes("/templates/") &&
  workspace.facts("kustomize.use", file.path).length === 0 &&
  !kustomized(file, workspace)().fragment;

function addNamespace(file: KubernetesFile, { tree }: KubernetesObject): readonly Fix[] {
  const edits = extendAt(file, look(tree, "metadata"), "name", { namespace: nameFor(file) });
  return whenEdited(edits, (...all) => snippet("Name a namespace", ...all));
}

/** A name to start from: the namespace that the file declares or that others in it are in. */
function nameFor({ objects }: KubernetesFile): string {
  const declared = objects.filter(({ kind }) => kind === "Namespace").map(({ name }) => name);
  const names = [...declared, ...objects.map(({ namespace }) => namespace)].flatMap((field) =>
    field.state === "set" && field.value !== "default" ? [field.value] : [],
  );
  return `\${1:${escapeSnippet(names[0] ?? "my-namespace")}}`;
}
