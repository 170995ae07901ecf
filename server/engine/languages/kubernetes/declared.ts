// What there is in a file of manifests, for those who ask whether the workspace has something at all: one place a kind,
// and the dashboards that ConfigMaps carry.

import { lineAt, lineStarts } from "../../text.js";
import type { Fact } from "../../workspace.js";
import { look } from "./look.js";
import type { KubernetesFile, KubernetesObject } from "./model.js";
import { placeholder } from "./template.js";

/** An object that a file declares; the line counts from zero. */
export interface DeclaredObject {
  /** Its name as far as it is written; empty where a template makes it. */
  readonly name: string;
  readonly line: number;
}

/** Fragments and objects that could not be read to their end do not count. */
export function declaredFacts({ objects, text }: KubernetesFile): readonly Fact[] {
  const first = new Map<string, KubernetesObject>();
  const facts: Fact[] = [];
  const starts = objects.length > 0 ? lineStarts(text) : [];
  const placeOf = ({ name, span }: KubernetesObject): DeclaredObject => ({
    name: name.state === "set" ? name.value : "",
    line: lineAt(starts, span.start),
  });
  for (const object of objects) {
    if (object.partial) continue;
    if (object.kind.includes(placeholder)) {
      facts.push({
        kind: "file.unread",
        key: "kubernetes",
        value: { reason: "a template writes the kind of an object" },
      });
      continue;
    }
    if (!first.has(object.kind)) first.set(object.kind, object);
    if (carriesDashboard(object)) facts.push({ kind: "grafana.dashboard", key: "all", value: placeOf(object) });
  }
  for (const [kind, object] of first) facts.push({ kind: "kubernetes.object", key: kind, value: placeOf(object) });
  return facts;
}

/** The label by which Grafana's sidecar finds dashboards. Source: Helm chart grafana 8, `sidecar.dashboards.label`. */
const carriesDashboard = ({ kind, tree }: KubernetesObject): boolean =>
  kind === "ConfigMap" && typeof look(tree, "metadata", "labels", "grafana_dashboard") !== "string";
