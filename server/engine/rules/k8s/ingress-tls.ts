// Ingresses and Gateways that serve hosts without TLS.

import { isPlain, items, look } from "../../languages/kubernetes/look.js";
import type { KubernetesFile, KubernetesObject } from "../../languages/kubernetes/model.js";
import { covers, endsElsewhere, type Host, ingressTlsOf, listenersOf } from "../../languages/kubernetes/tls.js";
import { addItem, type Content } from "../../languages/yaml/edits.js";
import { at, type Finding, type Fix, rule, snippet } from "../../rule.js";
import { escapeSnippet } from "../../snippet.js";
import { extend, whenEdited } from "./_container.js";
import { standsAlone } from "./_object.js";

export default rule({
  on: "kubernetes",
  title: "Serve every host by TLS",
  why: "Without TLS everybody on the way reads passwords and cookies and may change what is sent. An entry under tls for every host, with a certificate that is renewed by itself, costs a few lines; where the load balancer ends TLS, its annotation says so.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: ["polaris tlsSettingsMissing"],

  *check(file, _options, workspace) {
    const isComplete = standsAlone(file, workspace, "tls", "annotations");
    for (const object of file.objects) {
      yield* judgeIngress(file, object, isComplete);
      yield* judgeGateway(file, object, isComplete);
    }
  },
});

type Test = (object: KubernetesObject) => boolean;

function* judgeIngress(file: KubernetesFile, object: KubernetesObject, isComplete: Test): Generator<Finding> {
  const ingress = ingressTlsOf(object);
  if (!ingress || endsElsewhere(object)) return;
  const { hosts, entries } = ingress;
  const open = hosts.filter(({ name }) =>
    name === undefined ? entries.length === 0 : !isLocal(name) && !entries.some((entry) => covers(entry, name)),
  );
  if (open.length === 0 || !isComplete(object)) return;
  if (entries.length === 0) {
    const fixes = addTls(file, object, open);
    yield at(object.span, `${object.called} serves ${said(open)} without TLS`, ...fixes);
    return;
  }
  for (const host of open)
    yield at(host, `no entry under tls of ${object.called} covers "${host.name}"`, ...addTls(file, object, [host]));
}

const isLocal = (host: string): boolean => /(?:^|\.)localhost$/.test(host);

function said(hosts: readonly Host[]): string {
  const names = [...new Set(hosts.map(({ name }) => (name === undefined ? "every host" : `"${name}"`)))];
  const rest = names.length - 3;
  return names.slice(0, 3).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

function addTls(file: KubernetesFile, object: KubernetesObject, hosts: readonly Host[]): readonly Fix[] {
  const spec = look(object.tree, "spec");
  if (typeof spec === "string") return [];
  const names = [...new Set(hosts.flatMap(({ name }) => (name === undefined ? [] : [quoted(name)])))];
  const secretName = `\${1:${secretFor(object)}}`;
  const entry: Content = { ...(names.length > 0 && { hosts: names }), secretName };
  const title = names.length === 1 ? `Serve ${hosts[0]?.name} by TLS` : "Serve its hosts by TLS";
  const tls = look(spec, "tls");
  if (typeof tls === "string" || tls.node.type !== "list")
    return whenEdited(extend(file, spec, { tls: [entry] }), (...edits) => snippet(title, ...edits));
  const edit = isPlain(tls) ? addItem(file.text, tls.node, entry) : undefined;
  return edit ? [snippet(title, edit)] : [];
}

/** A wildcard starts like an alias of YAML. */
const quoted = (host: string): string => escapeSnippet(host.startsWith("*") ? `"${host}"` : host);

const secretFor = ({ name }: KubernetesObject): string =>
  name.state === "set" ? `${escapeSnippet(name.value)}-tls` : "web-tls";

function* judgeGateway(file: KubernetesFile, object: KubernetesObject, isComplete: Test): Generator<Finding> {
  const listeners = listenersOf(object) ?? [];
  if (listeners.some(({ protocol }) => protocol.state !== "set" || /^(?:HTTPS|TLS)$/.test(protocol.value))) return;
  const plain = listeners.find(({ protocol }) => protocol.state === "set" && protocol.value === "HTTP");
  if (plain?.protocol.state !== "set" || !isComplete(object)) return;
  const list = look(object.tree, "spec", "listeners");
  const { hostname } = plain;
  const listener: Content = {
    name: "https",
    ...(hostname.state === "set" && { hostname: quoted(hostname.value) }),
    port: 443,
    protocol: "HTTPS",
    tls: { mode: "Terminate", certificateRefs: [{ name: `\${1:${secretFor(object)}}` }] },
  };
  const edit =
    typeof list !== "string" && list.node.type === "list" && items(list).every(isPlain)
      ? addItem(file.text, list.node, listener)
      : undefined;
  const message = `${object.called} listens by HTTP alone`;
  yield at(plain.protocol, message, ...(edit ? [snippet("Add a listener for HTTPS", edit)] : []));
}
