// What files say to each other about pods: who is told when something changes, and what is not said in vain.

import { describe, expect, it } from "vitest";
import { facts } from "../../../server/engine/languages/kubernetes/facts.js";
import { parseKubernetes } from "../../../server/engine/languages/kubernetes/parse.js";
import { manifestCount, scaleOf, selectorsOf } from "../../../server/engine/languages/kubernetes/relations.js";
import { toWorkload } from "../../../server/engine/languages/kubernetes/workload.js";
import { createWorkspaceIndex } from "../../../server/engine/workspace.js";

const deployment = (replicas: number) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop, tier: web}}
    spec:
      containers: [{name: shop, image: "team/shop:1.0"}]
`;
const budget = (label: string) => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: shop
spec:
  selector: {matchLabels: {${label}}}
`;
const scaler = (least: number) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: shop
spec:
  scaleTargetRef: {kind: Deployment, name: shop}
  minReplicas: ${least}
`;

function workspaceOf(files: Readonly<Record<string, string>>) {
  const index = createWorkspaceIndex();
  const update = (path: string, text: string) => [...index.update(path, facts(parseKubernetes(path, text)))];
  for (const [path, text] of Object.entries(files)) update(path, text);
  const path = "/w/shop.yaml";
  const [object] = parseKubernetes(path, files[path] ?? "").objects;
  const workload = object && toWorkload(object);
  if (!workload) throw new Error("no workload");
  return { update, remove: index.remove, view: index.viewFor(path), workload: { ...workload, path } };
}

describe("the files that have asked are told", () => {
  it("when a budget selects other labels, or comes and goes", () => {
    const { update, remove, view, workload } = workspaceOf({ "/w/shop.yaml": deployment(2) });
    expect(selectorsOf("kubernetes.budget", workload, view)).toEqual([]);
    expect(update("/w/budget.yaml", budget("tier: web"))).toEqual(["/w/shop.yaml"]);
    expect(selectorsOf("kubernetes.budget", workload, view)).toMatchObject([
      { fits: "yes", inNamespace: "yes", near: "yes" },
    ]);
    expect(update("/w/budget.yaml", budget("app: pay"))).toEqual(["/w/shop.yaml"]);
    expect(update("/w/budget.yaml", budget("app: other"))).toEqual([]);
    expect(update("/w/budget.yaml", budget("app: shop"))).toEqual(["/w/shop.yaml"]);
    expect([...remove("/w/budget.yaml")]).toEqual(["/w/shop.yaml"]);
  });

  it("when a scaler has another minimum, and not when another workload has another scale", () => {
    const { update, view, workload } = workspaceOf({ "/w/shop.yaml": deployment(2), "/w/scaler.yaml": scaler(3) });
    expect(scaleOf(workload, view)).toEqual({ state: "known", counts: [3], by: "scaler" });
    expect(update("/w/scaler.yaml", scaler(4))).toEqual(["/w/shop.yaml"]);
    expect(update("/w/pay.yaml", deployment(3).replaceAll("shop", "pay"))).toEqual([]);
  });
});

it("counts manifests, and those who count are told", () => {
  const { update, view } = workspaceOf({ "/w/shop.yaml": `${deployment(2)}---\n${budget("app: shop")}` });
  expect(manifestCount(view)).toBe(2);
  expect(update("/w/scaler.yaml", scaler(3))).toEqual(["/w/shop.yaml"]);
  expect(update("/w/scaler.yaml", scaler(4))).toEqual([]);
});

it("counts over many files as over few", () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`/w/${i}.yaml`, scaler(i)]));
  const { update, remove, view } = workspaceOf({ ...files, "/w/shop.yaml": deployment(2) });
  expect([manifestCount(view), manifestCount(view)]).toEqual([301, 301]);
  update("/w/7.yaml", "");
  expect(manifestCount(view)).toBe(300);
  remove("/w/8.yaml");
  expect(manifestCount(view)).toBe(299);
});
