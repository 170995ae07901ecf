import { expect, test } from "vitest";
import { type Files, shows } from "./workspace.js";

const web: Files = {
  "/repo/k8s/web.yaml":
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  selector: {}\n  template: {}\n",
};

test("an object of one of the kinds is found with its name", () => {
  expect(shows({ kind: "kubernetes", objects: ["Deployment", "StatefulSet"] }, web)).toEqual({
    state: "found",
    text: "Kubernetes StatefulSet",
    places: ['/repo/k8s/web.yaml:9 StatefulSet "db"'],
  });
});

test("kinds may be written in any case", () => {
  expect(shows({ kind: "kubernetes", objects: ["statefulset"] }, web)).toMatchObject({
    state: "found",
    places: ['/repo/k8s/web.yaml:9 StatefulSet "db"'],
  });
});

test("what no file declares is missing, unless one of them could not be read", () => {
  const asked = { kind: "kubernetes", objects: ["Deployment", "DaemonSet", "Job", "CronJob"] } as const;
  expect(shows(asked, web)).toEqual({
    state: "missing",
    text: "no Kubernetes Deployment, DaemonSet, Job, …",
    places: [],
  });
  const template = "{% if big %}\napiVersion: v1\nkind: {{ kind }}\n{% endif %}\n";
  expect(shows(asked, { ...web, "/repo/t.yaml": template })).toMatchObject({
    state: "unknown",
    text: "no Kubernetes Deployment, DaemonSet, Job, …, but t.yaml is not known whole (a template, not YAML yet)",
  });
  const helm = "apiVersion: apps/v1\nkind: {{ .Values.kind }}\nmetadata:\n  name: web\n";
  expect(shows(asked, { ...web, "/repo/chart/templates/a.yaml": helm }).state).toBe("unknown");
});

test("the manifest of a template whose name is computed counts", () => {
  const text =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  selector: {}\n  template: {}\n";
  const { state, places } = shows(
    { kind: "kubernetes", objects: ["Deployment"] },
    { "/repo/c/templates/d.yaml": text },
  );
  expect([state, places.length]).toEqual(["found", 1]);
});
