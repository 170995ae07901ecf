import { describe, expect, it } from "vitest";
import { isTemplate, maskTemplate, placeholder } from "../../../server/engine/languages/kubernetes/template.js";
import { parseYaml } from "../../../server/engine/languages/yaml/parse.js";

const shown = (text: string): string => maskTemplate(text).text.replaceAll(placeholder, "@");
const columns = (text: string): unknown =>
  maskTemplate(text).holes.map(({ column, least }) => column ?? `from ${least}`);

describe("isTemplate", () => {
  it.each([
    ["/w/templates/a.yaml", "a: '{{ x }}'", true],
    ["/w/a.yaml", "a: {{ x }}", true],
    ["/w/a.yaml", "{{- if x }}\na: 1\n{{- end }}", true],
    ["/w/a.yaml", "l:\n  - {{ x }}", true],
    ["/w/a.yaml", "a: '{{ x }}' # {{ y }}", false],
    ["/w/a.yaml", "a: |\n  new Map() {{ put(1); }}", false],
    ["/w/templates/a.yaml", "a: 1", false],
  ])("%s %j: %s", (path, text, expected) => {
    expect(isTemplate(path, text)).toBe(expected);
  });
});

describe("maskTemplate", () => {
  it.each([
    ["a value", "a: {{ x }}\n", "a: @@@@@@@\n"],
    ["part of a value", 'a: "x-{{ y }}:1"\n', 'a: "x-@@@@@@@:1"\n'],
    ["quotes and braces inside an action", 'a: {{ f "}}" `}}` "\\"}}" }}\n', `a: ${"@".repeat(24)}\n`],
    ["a key", "{{ k }}: 1\n", "@@@@@@@: 1\n"],
    ["an action that is not closed, to the end of its line", "a: {{ x\nb: 1\n", "a: @@@@\nb: 1\n"],
    ["a value over several lines", "a: {{ f\n  x }}\nb: 1\n", `a: ${"@".repeat(11)}\nb: 1\n`],
  ])("puts placeholders for %s", (_name, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    ["lines of their own", "a:\n  {{- if x }}\n  b: 1\n  {{- end }}\n"],
    ["comments over several lines", "{{- /*\n  }} a: 1\n*/ -}}\nb: 1\n"],
    ["a block written behind its key", "a: {{- toYaml .x | nindent 2 }}\n  b: 1\n"],
    ["a block written behind a dash", "a:\n  - {{ toYaml .x | nindent 4 | trim }}\n    b: 1\n"],
    ["a condition before content", "{{ if x }}a: [{{ end }}\nb: 1\n"],
    ["an empty map in another branch", "a:\n  {{- if x }}\n  b: 1\n  {{- else }}\n  {}\n  {{- end }}\n"],
    ["lines deeper than the text they stand in", "a: |\n      {{- if x }}\n  b: {{ y }}\n      {{- end }}\n"],
    ["Windows line ends", "a:\r\n  {{- if x }}\r\n  b: 1\r\n  {{- end }}\r\n"],
  ])("leaves YAML of the same length: %s", (_name, text) => {
    const masked = maskTemplate(text).text;
    expect(masked).toHaveLength(text.length);
    expect(masked).not.toContain("{{");
    expect(parseYaml(masked).problems).toEqual([]);
  });

  it("says at which column an action writes", () => {
    expect(columns("a:\n  {{- toYaml .x | nindent 2 }}\n")).toEqual([2]);
    expect(columns("a:\n{{ toYaml .x | indent 4 }}\n")).toEqual([4]);
    expect(columns('a:\n  {{ include "x" . }}\n')).toEqual(["from 0"]);
    expect(columns("a:\n  b: {{ toYaml .x }}\n")).toEqual(["from 3"]);
    expect(columns("{{- if x }}\n{{- $y := 1 }}\n{{- end }}\n{{/* z */}}\n")).toEqual([]);
  });

  it("pairs conditions with their ends, nested ones and one that never ends", () => {
    const text = "{{ if a }}\n{{ with b }}\n{{ end }}\n{{ else }}\n{{ end }}\n{{ range c }}\n";
    const { branches } = maskTemplate(text);
    expect(branches.map(({ start, end }) => text.slice(start, end).split("\n").length)).toEqual([5, 2, 2]);
  });

  it("takes time in proportion to the text", () => {
    for (const piece of ["{{ x }} ", "{{ ", "{{ ` ", '{{ " ', "{{ if x }}\n", "a: {{ x }}\n"]) {
      const start = performance.now();
      maskTemplate(piece.repeat(100_000));
      expect(performance.now() - start, piece).toBeLessThan(3_000);
    }
  });
});
