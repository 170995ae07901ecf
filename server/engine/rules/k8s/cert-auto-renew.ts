// Certificates that nothing renews.

import type { Field } from "../../languages/kubernetes/look.js";
import type { KubernetesFile, KubernetesObject } from "../../languages/kubernetes/model.js";
import { issuerAnnotations, tlsSecretsOf } from "../../languages/kubernetes/provision.js";
import { dataOf, isEncrypted, isSecret } from "../../languages/kubernetes/secret.js";
import { unitOf } from "../../languages/kubernetes/selecting.js";
import { endsElsewhere } from "../../languages/kubernetes/tls.js";
import { asString } from "../../languages/yaml/edits.js";
import { at, type Finding, rule, snippet, type Workspace } from "../../rule.js";
import { escapeSnippet } from "../../snippet.js";
import { whenEdited } from "./_container.js";
import { annotate, hasAnnotation, standsAlone } from "./_object.js";
import { append, metadataBeside, searched } from "./_workload.js";

export default rule({
  on: "kubernetes",
  title: "Renew certificates automatically",
  why: "A certificate that somebody has to remember expires on a holiday, and every client fails at once. cert-manager renews it long before: by a Certificate, or by an annotation of the Ingress that names an issuer. A secret manager that fetches the certificate counts as well.",
  severity: "information",
  profile: "strict",
  phase: 3,
  standard: "Engineer Instructions, Security Checklist",

  *check(file, _options, workspace) {
    for (const object of file.objects)
      if (isSecret(object)) yield* judgeSecret(file, object, workspace);
      else yield* judgeUse(file, object, workspace);
  },
});

/** An Ingress or a Gateway whose certificate is not in the workspace; one that is, is judged where it stands. */
function* judgeUse(file: KubernetesFile, object: KubernetesObject, workspace: Workspace): Generator<Finding> {
  const secrets = tlsSecretsOf(object);
  if (secrets.length === 0 || endsElsewhere(object) || object.tree.template) return;
  if (hasAnnotation(file, workspace, issuerAnnotations)(object) || !standsAlone(file, workspace, "tls")(object)) return;
  const named = secrets.flatMap((secret) => (secret.state === "set" ? [secret] : []));
  const open = [...new Map(named.map((secret) => [secret.value, secret])).values()].filter(
    ({ value }) => !isRenewed(file, value, workspace) && workspace.facts("kubernetes.secret", value).length === 0,
  );
  for (const secret of open) {
    const edits = annotate(file, object, "cert-manager.io/cluster-issuer", `\${1:letsencrypt}`);
    yield at(
      secret,
      `${object.called} names no issuer, and no Certificate ${searched(workspace)} renews "${secret.value}"`,
      ...whenEdited(edits, (...all) => snippet("Have cert-manager renew it", ...all)),
    );
  }
}

/** A Secret with a certificate in its text. */
function* judgeSecret(file: KubernetesFile, object: KubernetesObject, workspace: Workspace): Generator<Finding> {
  const { name } = object;
  if (name.state !== "set" || isRenewed(file, name.value, workspace)) return;
  const entry = dataOf(object).find(({ key }) => key === "tls.crt");
  const certificate = entry && entry.value !== "" && (isEncrypted(object) || /^-----BEGIN/.test(entry.value ?? ""));
  if (!certificate || hasAnnotation(file, workspace, ["cert-manager.io/certificate-name"])(object)) return;
  yield at(
    object.span,
    `no Certificate ${searched(workspace)} renews what ${object.called} holds`,
    ...addCertificate(file, object, name),
  );
}

const isRenewed = ({ path }: KubernetesFile, secret: string, workspace: Workspace): boolean =>
  [secret, `in ${unitOf(path)}`].some((key) => workspace.facts("kubernetes.secretSource", key).length > 0);

function addCertificate(
  file: KubernetesFile,
  object: KubernetesObject,
  name: Field<string> & { readonly value: string },
) {
  const secretName = escapeSnippet(asString(name.value));
  return append(file, "Add a Certificate that cert-manager renews", {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: metadataBeside(object, secretName),
    spec: {
      secretName,
      issuerRef: { name: `\${1:letsencrypt}`, kind: "ClusterIssuer" },
      dnsNames: [`\${2:www.example.com}`],
    },
  });
}
