import { describe, expect, it } from "vitest";
import { facts } from "../../../server/engine/languages/kubernetes/facts.js";
import { look, textOf } from "../../../server/engine/languages/kubernetes/look.js";
import {
  amountOf,
  type KubernetesFile,
  type KubernetesObject,
  limitOf,
  requestOf,
  securityOf,
} from "../../../server/engine/languages/kubernetes/model.js";
import { parseKubernetes } from "../../../server/engine/languages/kubernetes/parse.js";

const parse = (text: string, path = "/w/manifest.yaml"): KubernetesFile => parseKubernetes(path, text);
const template = (text: string): KubernetesFile => parse(text, "/w/templates/manifest.yaml");

/** A pod with these lines below `spec`. */
const pod = (...spec: readonly string[]): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n${spec.map((line) => `  ${line}\n`).join("")}`;

function firstOf(file: KubernetesFile): KubernetesObject {
  const [object] = file.objects;
  if (!object) throw new Error("no object");
  return object;
}

function containerOf(file: KubernetesFile, index = 0) {
  const { pod: found } = firstOf(file);
  const container = found?.containers[index];
  if (!found || !container) throw new Error("no container");
  return { pod: found, container };
}

describe("objects", () => {
  it("are read from every document and list, with places of their own", () => {
    const text =
      "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n# none\n---\n" +
      "apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: b, namespace: n}\n---\n" +
      "apiVersion: v1\nkind: Template\nobjects:\n- {apiVersion: v1, kind: Pod, metadata: {name: c}}\n";
    const { objects } = parse(text);
    expect(objects.map(({ called, apiVersion }) => `${apiVersion} ${called}`)).toEqual([
      'v1 Pod "a"',
      'apps/v1 Deployment "b"',
      'v1 Pod "c"',
    ]);
    expect(objects.map(({ span }) => text.slice(span.start, span.end))).toEqual(["a", "b", "c"]);
    expect(objects[1]?.namespace).toMatchObject({ state: "set", value: "n" });
  });

  it("keep apart what is absent, what is unknown and what is set", () => {
    const { tree } = firstOf(parse("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n  annotations: [1]\n"));
    expect(textOf(look(tree, "metadata", "name"))).toMatchObject({ state: "set", value: "a" });
    expect(look(tree, "metadata", "labels", "x")).toBe("absent");
    expect(look(tree, "metadata", "annotations", "x")).toBe("unknown");
    expect(look(tree, "spec", "x")).toBe("absent");
  });

  it("that are not whole prove nothing by what they lack", () => {
    const partial = (text: string): boolean => firstOf(parse(text)).partial;
    expect(partial("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [\n")).toBe(true);
    expect(partial("apiVersion: v1\nkind: Pod\nmetadata: {labels: {}}\n")).toBe(true);
    expect(partial("$patch: delete\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n")).toBe(true);
    expect(partial("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: 2}\n")).toBe(true);
    expect(partial("apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n")).toBe(false);
    expect(look(firstOf(parse("apiVersion: v1\nkind: Pod\nmetadata: {}\n")).tree, "spec")).toBe("unknown");
  });
});

describe("pods", () => {
  it.each([
    ["Pod", "spec: &s {containers: [{name: c, image: i}]}"],
    ["PodTemplate", "template: {spec: {containers: [{name: c, image: i}]}}"],
    ["CronJob", "spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: c, image: i}]}}}}}"],
    ["ScaledJob", "spec: {jobTargetRef: {template: {spec: {containers: [{name: c, image: i}]}}}}"],
    ["ReplicationController", "spec: {template: {spec: {containers: [{name: c, image: i}]}}}"],
    ["DeploymentConfig", "spec: {template: {spec: {containers: [{name: c, image: i}]}}}"],
    ["SomethingNew", "spec: {template: {spec: {initContainers: [{name: c, image: i}]}}}"],
  ])("are found in a %s", (kind, rest) => {
    const { container } = containerOf(parse(`apiVersion: x/v1\nkind: ${kind}\nmetadata: {name: a}\n${rest}\n`));
    expect(container.called).toMatch(/"c"$/);
  });

  it("are not made up where there is none", () => {
    const text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nspec: {template: {spec: {x: 1}}}\n";
    expect(firstOf(parse(text)).pod).toBeUndefined();
  });

  it("tell what their containers are for", () => {
    const { pod: found } = containerOf(
      parse(
        pod(
          "initContainers: [{name: a, image: i}, {name: b, image: i, restartPolicy: Always}]",
          "containers: [{image: i}]",
          "ephemeralContainers: [{name: d, image: i}]",
        ),
      ),
    );
    expect(found.containers.map(({ called }) => called)).toEqual([
      'init container "a"',
      'sidecar "b"',
      '"i"',
      'ephemeral container "d"',
    ]);
  });

  it.each([
    ["os: {name: windows}", "windows"],
    ["nodeSelector: {kubernetes.io/os: windows}", "windows"],
    ["os: {name: linux}", "other"],
    ["hostNetwork: true", "other"],
    ["os: {name: [x]}", "unknown"],
  ])("with %s run on: %s", (line, os) => {
    expect(containerOf(parse(pod(line, "containers: [{name: a, image: i}]"))).pod.os).toBe(os);
  });
});

describe("settings", () => {
  it("of a container win over its pod's, field by field", () => {
    const { pod: found, container } = containerOf(
      parse(
        pod(
          "securityContext: {runAsUser: 0, runAsNonRoot: on}",
          "containers: [{name: a, image: i, securityContext: {runAsUser: 5}}]",
        ),
      ),
    );
    const { runAsUser, runAsNonRoot, privileged } = securityOf(found, container);
    expect(runAsUser).toMatchObject({ field: { state: "set", value: 5 }, from: "container" });
    expect(runAsNonRoot).toMatchObject({ field: { state: "set", value: true }, from: "pod" });
    expect(privileged).toEqual({ state: "absent" });
  });

  it("that are no boolean or number are unknown", () => {
    const { pod: found, container } = containerOf(
      parse(pod('containers: [{name: a, image: i, securityContext: {runAsUser: "0", runAsNonRoot: "true"}}]')),
    );
    const { runAsUser, runAsNonRoot } = securityOf(found, container);
    expect([runAsUser.field.state, runAsNonRoot.field.state]).toEqual(["unknown", "unknown"]);
  });

  it.each([
    ["0", "zero"],
    ['"0"', "zero"],
    ["0m", "zero"],
    ["0.0Gi", "zero"],
    ["0e3", "zero"],
    [".5", "set"],
    ["100m", "set"],
    ["1e3", "set"],
    ["10Mi", "set"],
    ["", "absent"],
    ["null", "absent"],
    ["{{ x }}", "unknown"],
    ["[1]", "unknown"],
  ])("reads the quantity %s as %s", (text, state) => {
    const file = template(`${pod("containers: [{name: a, image: i}]")}  q: ${text}\n  {{- if x }}\n  {{- end }}\n`);
    expect(amountOf(look(firstOf(file).tree, "spec", "q")).state).toBe(state);
  });

  it("takes a limit for a request, unless the request is written as zero", () => {
    const request = (resources: string): string => {
      const { pod: found, container } = containerOf(
        parse(pod(`containers: [{name: a, image: i, resources: ${resources}}]`)),
      );
      return requestOf(found, container, "cpu").state;
    };
    expect(request("{limits: {cpu: 1}}")).toBe("set");
    expect(request("{limits: {cpu: 0}}")).toBe("absent");
    expect(request("{limits: {cpu: 1}, requests: {cpu: 0}}")).toBe("zero");
  });

  it("of the pod as a whole count where a container has none", () => {
    const { pod: found, container } = containerOf(
      parse(pod("resources: {limits: {cpu: 2}}", "containers: [{name: a, image: i}]")),
    );
    expect([limitOf(found, container, "cpu").state, requestOf(found, container, "cpu").state]).toEqual(["set", "set"]);
    expect(limitOf(found, container, "memory").state).toBe("absent");
  });
});

describe("templates", () => {
  const states = (text: string, ...keys: readonly string[]): readonly string[] => {
    const { container } = containerOf(template(text));
    return keys.map((key) => {
      const found = look(container.tree, key);
      return typeof found === "string" ? found : "there";
    });
  };

  it("hide only what an action can write", () => {
    const text = pod(
      "containers:",
      "  - name: a",
      "    image: i",
      "    env:",
      "      {{- toYaml .x | nindent 8 }}",
      "volumes:",
      "  {{- toYaml .y | nindent 4 }}",
    );
    expect(states(text, "image", "env", "resources")).toEqual(["there", "there", "absent"]);
    expect(states(text.replace("nindent 8", "nindent 6"), "resources")).toEqual(["unknown"]);
    expect(states(text.replace("nindent 8", "quote"), "resources")).toEqual(["unknown"]);
  });

  it("hide what a condition may leave out, not what stands in a container that a condition may leave out", () => {
    const text = pod(
      "containers:",
      "  {{- if x }}",
      "  - name: a",
      "    image: i",
      "    {{- if y }}",
      "    resources: {limits: {cpu: 1}}",
      "    {{- end }}",
      "  {{- end }}",
    );
    expect(states(text, "image", "resources", "env")).toEqual(["there", "unknown", "absent"]);
  });

  it("may leave the rest of an item to the one before it", () => {
    const text = pod(
      "containers:",
      "  - name: a",
      "    image: i",
      "  {{- if x }}",
      "  - name: b",
      "    image: i",
      "  {{- end }}",
      "    resources: {limits: {cpu: 1}}",
    );
    expect(states(text, "image", "resources")).toEqual(["there", "unknown"]);
  });

  it("give messages the text that is written", () => {
    const { objects } = template("apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}-web\n");
    expect(objects[0]?.called).toBe('Pod "{{ .Release.Name }}-web"');
    expect(objects[0]?.name.state).toBe("unknown");
  });

  it("have comments of their own", () => {
    const { comments } = template("# one\n{{- /* two */}}\nkind: {{ x }} # three\n");
    expect(comments.map(({ text }) => text)).toEqual(["one", "two", "three"]);
  });

  it("that are no YAML are not judged, without a complaint; documents around a bad one are", () => {
    const bad = "apiVersion: v1\nkind: Pod\n {{ x }}: [\n";
    expect(template(bad)).toMatchObject({ problems: [], objects: [], notJudged: expect.stringContaining("template") });
    const file = template(`${pod("containers: [{name: a, image: '{{ x }}'}]")}---\n${bad}`);
    expect(file.notJudged).toBeUndefined();
    expect(file.objects).toHaveLength(1);
  });

  it("of another language are not judged", () => {
    expect(parse("{% if x %}\napiVersion: v1\n{% endif %}\n").notJudged).toContain("template");
  });
});

describe("facts", () => {
  it("are plain data", () => {
    const text =
      "resources: [a.yaml, ../b, 'https://example.com/c?ref=1', 'github.com/x/y//z?ref=1']\ncomponents: [./k]\n" +
      "patches:\n- path: p.yaml\n- patch: |\n    - {op: add, path: /metadata/annotations/x, value: y}\n  target: {kind: Pod}\n" +
      "patchesStrategicMerge:\n- |\n  kind: Deployment\n  metadata: {name: d}\n  spec: {template: {spec: {containers: [{resources: {}}]}}}\n" +
      "images: [{name: n, newTag: 1}, {name: m, newName: o}, {name: l, digest: 'sha256:0'}]\n";
    const found = facts(parse(text, "/w/app/kustomization.yaml"));
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(found.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      "kustomize.build /w/app",
      "kustomize.use /w/app/a.yaml",
      "kustomize.use /w/b",
      "kustomize.use /w/app/k",
      "kustomize.use /w/app/p.yaml",
    ]);
    expect(found[0]?.value).toMatchObject({
      images: ["n", "l"],
      patches: [
        { kind: "Deployment", name: "d", parts: ["resources"] },
        { file: "/w/app/p.yaml" },
        { kind: "Pod", parts: ["annotations"] },
      ],
    });
  });
});

describe("any text", () => {
  it.each([
    ["nothing", ""],
    ["a byte order mark", `\uFEFF${pod("containers: [{name: a, image: i}]")}`],
    ["binary junk", "\u0000\u0001{{\u0002apiVersion: v1\nkind: Pod\u0003"],
    ["deep nesting", `apiVersion: v1\nkind: Pod\nspec: ${"[".repeat(10_000)}`],
    ["deep lists of lists", `apiVersion: v1\nkind: List\nitems: ${"[".repeat(150)}`],
    ["unfinished actions", "{{- if\napiVersion: v1\nkind: Pod\n{{ `"],
    ["a list that holds itself", "apiVersion: v1\nkind: List\nitems: &i\n- *i\n"],
    [
      "a kustomization of odd shapes",
      "kind: Kustomization\nresources: {a: 1}\npatches: [1, [2], {path: {}}]\nimages: x\n",
    ],
  ])("is survived: %s", (_name, text) => {
    for (const path of ["/w/a.yaml", "/w/templates/a.yaml", "/w/kustomization.yaml"])
      expect(() => facts(parseKubernetes(path, text))).not.toThrow();
  });

  it("takes time in proportion to its length, templates too", () => {
    const time = (count: number): number => {
      const item = "    - name: c\n      {{- if x }}\n      image: i\n      {{- end }}\n{{ toYaml .y | indent 6 }}\n";
      const start = performance.now();
      template(`${pod("containers:")}${item.repeat(count)}`);
      return performance.now() - start;
    };
    time(200);
    expect(time(4_000)).toBeLessThan(Math.max(2, time(500)) * 8 * 5);
  });
});
