// Compose files: what services are made of, the defaults of variables, paths, and bad input.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the files that are judged

import { describe, expect, it } from "vitest";
import { facts } from "../../../server/engine/languages/compose/facts.js";
import { interpolate } from "../../../server/engine/languages/compose/interpolate.js";
import { parseCompose } from "../../../server/engine/languages/compose/parse.js";

const read = (text: string, path = "/w/app/compose.yaml") => parseCompose(path, text);

describe("services", () => {
  it("have variables as a map or as a list, each at its place", () => {
    const file = read(
      "services:\n  a:\n    environment:\n      ONE: 1\n      TWO: 'b c'\n      THREE:\n  b:\n    environment:\n      - ONE=x=y\n      - \"TWO=\"\n      - THREE\n",
    );
    const told = file.services.map(({ environment }) =>
      environment.map(({ name, nameSpan, value }) => [
        name,
        file.text.slice(nameSpan.start, nameSpan.end),
        value && file.text.slice(value.span.start, value.span.end),
      ]),
    );
    expect(told).toEqual([
      [
        ["ONE", "ONE", "1"],
        ["TWO", "TWO", "b c"],
        ["THREE", "THREE", undefined],
      ],
      [
        ["ONE", "ONE", "x=y"],
        ["TWO", "TWO", ""],
        ["THREE", "THREE", undefined],
      ],
    ]);
  });

  it("are built from a Dockerfile in or below a folder", () => {
    const file = read(
      [
        "services:",
        "  short: { build: ../lib }",
        "  long: { build: { context: ., dockerfile: docker/Dockerfile.api, target: dev } }",
        "  bare: { build: { args: [A=1] } }",
        "  git: { build: https://example.org/a.git#main }",
        "  inline: { build: { dockerfile_inline: FROM a } }",
        "  hidden: { build: '${DIR}' }",
        "  fallback: { build: '${DIR:-./sub}' }",
      ].join("\n"),
    );
    expect(file.services.map(({ build }) => [build?.dockerfile, build?.called])).toEqual([
      ["/w/lib/Dockerfile", "../lib/Dockerfile"],
      ["/w/app/docker/Dockerfile.api", "docker/Dockerfile.api"],
      ["/w/app/Dockerfile", "Dockerfile"],
      [undefined, ""],
      [undefined, ""],
      [undefined, ""],
      ["/w/app/sub/Dockerfile", "sub/Dockerfile"],
    ]);
    expect(facts(file).map(({ key }) => key)).toEqual([
      "/w/lib/Dockerfile",
      "/w/app/docker/Dockerfile.api",
      "/w/app/Dockerfile",
      "/w/app/sub/Dockerfile",
    ]);
  });

  it("take over what anchors and merge keys bring", () => {
    const file = read("x-a: &a\n  image: one:1\n  user: root\nservices:\n  b:\n    <<: *a\n    user: app\n  c: *a\n");
    expect(file.services.map(({ image, user }) => [image?.text, user?.text])).toEqual([
      ["one:1", "app"],
      ["one:1", "root"],
    ]);
    expect(file.images).toHaveLength(1);
  });

  it("may complete another file", () => {
    const names = ["compose.yaml", "docker-compose.yml", "compose.override.yaml", "docker-compose.prod.yml"];
    expect(names.map((name) => read("services: {}", `/w/${name}`).fragment)).toEqual([false, false, true, true]);
  });

  it("are none of a template, and no complaint either", () => {
    const file = read("services:\n  a:\n    image: {{ registry }}/a\n{% if b %}\n  c:\n{% endif %}\n");
    expect(file.notJudged).toBe("a template in a language that Dakota does not read");
  });

  it("survive any text", () => {
    const texts = [
      "",
      "services",
      "services:",
      "services: [a]",
      "services: {a: 1, b: [c], d: {build: [], environment: 4}}",
    ];
    const odd = [
      "services:\n  a:\n    environment:\n      - [b]\n      - {c: d}\n      - =e\n    build:\n      args: f\n",
      "\u0000\uFEFF{",
    ];
    for (const text of [...texts, ...odd]) expect(() => facts(read(text)), text).not.toThrow();
  });
});

describe("variables", () => {
  it("give way to their defaults", () => {
    const told = (text: string) => {
      const { text: put, known, used } = interpolate(text);
      return [put, known, used];
    };
    expect(told("plain")).toEqual(["plain", true, []]);
    expect(told("a-${B:-c}-${D-e}")).toEqual(["a-c-e", true, ["B", "D"]]);
    expect(told("${A:-${B:-c}}")).toEqual(["c", true, ["A", "B"]]);
    expect(told("${A:-${B}}")).toEqual(["${B}", false, ["A"]]);
    expect(told("$A ${B} ${C:?no c} ${D:+e}")).toEqual(["$A ${B} ${C:?no c} ${D:+e}", false, []]);
    expect(told("$$A costs 5$")).toEqual(["$A costs 5$", true, []]);
    expect(told("${A:-}")).toEqual(["", true, ["A"]]);
    expect(told("${A")).toEqual(["${A", false, []]);
  });

  it("are read in linear time", () => {
    expect(interpolate("${A:-".repeat(5_000)).known).toBe(false);
    expect(interpolate("$".repeat(50_001)).text).toHaveLength(25_001);
  });
});
