// Pods that get a token for the cluster's API which nobody gave them on purpose.

import { inOneNamespace, toNamespaces } from "../../languages/kubernetes/applied.js";
import { booleanOf, look, textOf } from "../../languages/kubernetes/look.js";
import type { KubernetesFile, KubernetesObject } from "../../languages/kubernetes/model.js";
import { namespacesOf } from "../../languages/kubernetes/relations.js";
import { at, rule, suggest, type Workspace } from "../../rule.js";
import { extend, whenEdited } from "./_container.js";
import { standsAlone } from "./_object.js";

export default rule({
  on: "kubernetes",
  title: "Mount no token of the default service account",
  why: "Every pod gets a token of its namespace's default service account, whether it talks to the API or not. Whoever takes over the pod has it, with all that anyone ever bound to that account. Pods that need the API have an account of their own.",
  severity: "information",
  profile: "strict",
  phase: 3,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: [
    "kube-linter default-service-account",
    "checkov CKV_K8S_38",
    "checkov CKV_K8S_41",
    "checkov CKV_K8S_42",
    "polaris automountServiceAccountToken",
    "trivy KSV-0036",
    "sonar S6865",
  ],

  *check(file, _options, workspace) {
    const isComplete = standsAlone(file, workspace, "account");
    for (const object of file.objects) {
      const { pod, called } = object;
      if (!pod || booleanOf(look(pod.spec, "automountServiceAccountToken")).state !== "absent") continue;
      const fields = ["serviceAccountName", "serviceAccount"].map((key) => textOf(look(pod.spec, key)));
      const named = fields.find(({ state }) => state !== "absent");
      if (named && (named.state !== "set" || named.value !== "default")) continue;
      if (!isComplete(object) || keepsToken(file, object, workspace)) continue;
      const edits = extend(file, pod.spec, { automountServiceAccountToken: false });
      yield at(
        named?.state === "set" ? named : object.span,
        `${called} gets the token of the service account "default"`,
        ...whenEdited(edits, (...all) => suggest("Mount no token", ...all)),
      );
    }
  },
});

/** Whether the default account of the namespace itself says that it gives no token, or may say so. */
function keepsToken({ path }: KubernetesFile, { namespace }: KubernetesObject, workspace: Workspace): boolean {
  const own = namespacesOf({ path, namespace: toNamespaces(namespace) }, workspace);
  return workspace
    .facts("kubernetes.account", "default")
    .some((account) => account.mounts !== true && inOneNamespace(namespacesOf(account, workspace), own) !== "no");
}
