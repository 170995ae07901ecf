// What label selectors select, and what they leave open. Source: Kubernetes documentation, "Labels and Selectors".

import { describe, expect, it } from "vitest";
import { look } from "../../../server/engine/languages/kubernetes/look.js";
import { parseKubernetes } from "../../../server/engine/languages/kubernetes/parse.js";
import {
  type Labels,
  labelsAt,
  selectorAt,
  selects,
  together,
} from "../../../server/engine/languages/kubernetes/selector.js";

const pod = (values: Record<string, string>, open = false): Labels => ({ values, open });

const selector = (spec: string) => {
  const text = `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: x\nspec:\n  selector: ${spec}\n`;
  const [object] = parseKubernetes("/x.yaml", text).objects;
  return selectorAt(object ? look(object.tree, "spec", "selector") : "unknown");
};

describe("selects", () => {
  it.each([
    ["{}", {}, "yes"],
    ["{matchLabels: {app: shop}}", { app: "shop", tier: "web" }, "yes"],
    ["{matchLabels: {app: shop, tier: web}}", { app: "shop", tier: "web" }, "yes"],
    ["{matchLabels: {app: shop, tier: web}}", { app: "shop" }, "no"],
    ["{matchLabels: {app: shop}}", { name: "shop" }, "no"],
    ['{matchLabels: {version: "1.10"}}', { version: "1.10" }, "yes"],
    ['{matchLabels: {constructor: ""}}', {}, "no"],
    ["{matchExpressions: [{key: app, operator: In, values: [shop, pay]}]}", { app: "pay" }, "yes"],
    ["{matchExpressions: [{key: app, operator: In, values: [shop, pay]}]}", {}, "no"],
    ["{matchExpressions: [{key: app, operator: NotIn, values: [shop]}]}", { app: "shop" }, "no"],
    ["{matchExpressions: [{key: app, operator: NotIn, values: [shop]}]}", {}, "yes"],
    ["{matchExpressions: [{key: app, operator: Exists}]}", { app: "" }, "yes"],
    ["{matchExpressions: [{key: app, operator: DoesNotExist}]}", { app: "" }, "no"],
    ["{matchLabels: {app: shop}, matchExpressions: [{key: tier, operator: Exists}]}", { app: "shop" }, "no"],
    ["{matchExpressions: [{key: app, operator: Like, values: [shop]}]}", { app: "shop" }, "unknown"],
    ["{matchExpressions: [{key: app, operator: In, values: []}]}", { app: "shop" }, "unknown"],
    ["{matchLabels: {app: shop, tier: *lost}}", { app: "shop" }, "unknown"],
    ["{matchLabels: {app: shop, tier: *lost}}", { app: "pay" }, "no"],
  ])("%s on %o: %s", (text, labels, answer) => {
    expect(selects(selector(text), pod(labels))).toBe(answer);
  });

  it("leaves open what labels may be there besides", () => {
    expect(selects(selector("{matchLabels: {app: shop}}"), pod({}, true))).toBe("unknown");
    expect(selects(selector("{matchLabels: {app: shop}}"), pod({ app: "pay" }, true))).toBe("no");
    expect(selects(selector("{matchExpressions: [{key: app, operator: DoesNotExist}]}"), pod({}, true))).toBe(
      "unknown",
    );
  });
});

describe("labelsAt", () => {
  it("reads what a template leaves as it is", () => {
    const text = `apiVersion: v1
kind: Pod
metadata:
  labels:
    app: shop
    tier: {{ .tier }}
    {{- include "labels" . | nindent 4 }}
  name: x
`;
    const [object] = parseKubernetes("/chart/templates/x.yaml", text).objects;
    expect(object && labelsAt(look(object.tree, "metadata", "labels"))).toEqual({
      values: { app: "shop" },
      open: true,
    });
  });

  it("takes a label without a value for an empty one", () => {
    const [object] = parseKubernetes(
      "/x.yaml",
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n  labels: {app: }\n",
    ).objects;
    expect(object && labelsAt(look(object.tree, "metadata", "labels"))).toEqual({ values: { app: "" }, open: false });
  });
});

it("several answers are one where they agree", () => {
  expect(together(["yes", "yes"])).toBe("yes");
  expect(together(["yes", "no"])).toBe("unknown");
  expect(together([])).toBe("unknown");
});
