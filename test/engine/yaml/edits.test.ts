import { describe, expect, it } from "vitest";
import { addItem, type Content, extendMap, removeItem } from "../../../server/engine/languages/yaml/edits.js";
import { nodeAt, type YamlNode } from "../../../server/engine/languages/yaml/model.js";
import { parseYaml } from "../../../server/engine/languages/yaml/parse.js";
import { applyEdits } from "../../../server/engine/text.js";

type Path = readonly (string | number)[];

const plain = (node: YamlNode | undefined): unknown => {
  if (node?.type === "scalar") return node.value;
  if (node?.type === "list") return node.items.map(plain);
  return node && Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plain(value)]));
};

const read = (text: string): unknown => plain(parseYaml(text).documents[0]?.root);

function extended(text: string, content: Record<string, Content>, ...path: Path): string | undefined {
  const map = nodeAt(parseYaml(text).documents[0]?.root, ...path);
  if (map?.type !== "map") throw new Error("no map there");
  const edits = extendMap(text, map, content);
  return edits && applyEdits(text, edits);
}

function added(text: string, item: Content, ...path: Path): string | undefined {
  const list = nodeAt(parseYaml(text).documents[0]?.root, ...path);
  if (list?.type !== "list") throw new Error("no list there");
  const edit = addItem(text, list, item);
  return edit && applyEdits(text, [edit]);
}

const limits = { resources: { limits: { memory: "256Mi" } } };

describe("extendMap", () => {
  it.each<[string, string, Record<string, Content>, Path, string]>([
    [
      "adds behind the last entry",
      "c:\n  - name: a\n    image: b\n  - name: d\n",
      limits,
      ["c", 0],
      "c:\n  - name: a\n    image: b\n    resources:\n      limits:\n        memory: 256Mi\n  - name: d\n",
    ],
    ["leaves the comment on its line", "a: 1 # one\n# end\n", { b: 2 }, [], "a: 1 # one\nb: 2\n# end\n"],
    ["adds a line where the file ends without one", "a: 1", { b: 2 }, [], "a: 1\nb: 2"],
    [
      "takes Windows line ends",
      "a:\r\n  b: 1\r\nc: 2\r\n",
      { d: true },
      ["a"],
      "a:\r\n  b: 1\r\n  d: true\r\nc: 2\r\n",
    ],
    ["takes the file's indentation", "a:\n    b: 1\n", { c: { d: 1 } }, ["a"], "a:\n    b: 1\n    c:\n        d: 1\n"],
    [
      "fills the maps that are there",
      "r:\n  limits:\n    cpu: 1\n  requests:\n    cpu: 1\nz: 1\n",
      { r: { limits: { memory: "1Gi" }, requests: { memory: "1Gi" } } },
      [],
      "r:\n  limits:\n    cpu: 1\n    memory: 1Gi\n  requests:\n    cpu: 1\n    memory: 1Gi\nz: 1\n",
    ],
    ["fills a key without value", "r: # none yet\nz: 1\n", { r: { a: 1 } }, [], "r: # none yet\n  a: 1\nz: 1\n"],
    ["fills an empty flow map", "r: {} # none\nz: 1\n", { r: { a: 1 } }, [], "r: # none\n  a: 1\nz: 1\n"],
    ["fills a null", "r: ~\nz: 1\n", { r: { a: 1 } }, [], "r:\n  a: 1\nz: 1\n"],
    [
      "adds to a flow map",
      "c: {name: a, image: b} # x\n",
      limits,
      ["c"],
      "c: {name: a, image: b, resources: {limits: {memory: 256Mi}}} # x\n",
    ],
    ["adds to an empty flow map in a flow map", "{r: {}}\n", { r: { a: "b" } }, [], '{r: {"a": "b"}}\n'],
    ["adds behind a trailing comma", "c: {a: 1,}\n", { b: 2 }, ["c"], "c: {a: 1, b: 2}\n"],
    [
      "adds to JSON line by line",
      '{\n  "a": {\n    "b": "c"\n  }\n}\n',
      { d: { e: "f", g: true } },
      ["a"],
      '{\n  "a": {\n    "b": "c",\n    "d": {"e": "f", "g": true}\n  }\n}\n',
    ],
    [
      "quotes as the neighbours do",
      "m:\n  a: 'x'\n  b: 'y'\n",
      { c: "z" },
      ["m"],
      "m:\n  a: 'x'\n  b: 'y'\n  c: 'z'\n",
    ],
    ["replaces a scalar in its quotes", 'a: "0" # no\n', { a: "1" }, [], 'a: "1" # no\n'],
    ["replaces a plain scalar", "a: false # no\n", { a: true }, [], "a: true # no\n"],
    ["sets a missing scalar", "a:\nb: 1\n", { a: 2 }, [], "a: 2\nb: 1\n"],
    ["adds behind a folded text", "a: |\n  x\n\nb: 1\n", { c: 1 }, [], "a: |\n  x\n\nb: 1\nc: 1\n"],
    [
      "adds behind a text at the end",
      "m:\n  a: |\n    x\n\nn: 1\n",
      { c: 1 },
      ["m"],
      "m:\n  a: |\n    x\n  c: 1\n\nn: 1\n",
    ],
    [
      "keeps the empty lines that a text keeps",
      "m:\n  a: |+\n    x\n\nn: 1\n",
      { c: 1 },
      ["m"],
      "m:\n  a: |+\n    x\n\n  c: 1\nn: 1\n",
    ],
    [
      "adds to a map of nothing but a merge",
      "b: &b {x: 1}\nm:\n  <<: *b\n",
      { c: 1 },
      ["m"],
      "b: &b {x: 1}\nm:\n  <<: *b\n  c: 1\n",
    ],
    ["adds behind an alias", "b: &b {x: 1}\nm:\n  y: *b\n", { c: 1 }, ["m"], "b: &b {x: 1}\nm:\n  y: *b\n  c: 1\n"],
    [
      "writes lists at the file's column",
      "a:\n- 1\nm:\n  x: 1\n",
      { l: ["p", { q: 1, r: 2 }] },
      ["m"],
      "a:\n- 1\nm:\n  x: 1\n  l:\n  - p\n  - q: 1\n    r: 2\n",
    ],
  ])("%s", (_name, text, content, path, expected) => {
    const result = extended(text, content, ...path);
    expect(result).toBe(expected);
    expect(parseYaml(result ?? "").problems).toEqual([]);
  });

  it.each<[string, string, Path]>([
    ["an alias", "b: &b {limits: {cpu: 1}}\nc:\n  resources: *b\n", ["c"]],
    ["a merge", "b: &b\n  resources: {limits: {cpu: 1}}\nc:\n  <<: *b\n", ["c"]],
    ["a list where a map belongs", "c:\n  resources: [1]\n", ["c"]],
  ])("leaves %s alone", (_name, text, path) => {
    expect(extended(text, limits, ...path)).toBeUndefined();
  });

  it("changes nothing else in any of its settings", () => {
    const texts = [
      "a:\n  b: 1\n",
      "a: {b: 1}\n",
      "a:\r\n    b: 1\r\n",
      '{"a": {"b": 1}}',
      "# x\na:\n  b: 1 # y\n\n# z\n",
    ];
    for (const text of texts)
      expect(read(extended(text, { c: { d: 2 } }, "a") ?? "")).toEqual({ a: { b: 1, c: { d: 2 } } });
  });
});

describe("addItem", () => {
  it.each<[string, string, Content, Path, string]>([
    ["to a block list", "l:\n  - a # x\n  - b\nz: 1\n", "c", ["l"], "l:\n  - a # x\n  - b\n  - c\nz: 1\n"],
    [
      "a map to a list of maps",
      "l:\n- a: 1\n  b: 2\n",
      { a: 3, b: { c: 4 } },
      ["l"],
      "l:\n- a: 1\n  b: 2\n- a: 3\n  b:\n    c: 4\n",
    ],
    ["to a flow list", "l: [a, b]\n", "c", ["l"], "l: [a, b, c]\n"],
    ["to an empty list", "l: []\n", "c", ["l"], "l: [c]\n"],
    ["to JSON", '{"l": ["a"]}', "b", ["l"], '{"l": ["a", "b"]}'],
    ["behind an item with an anchor", "l:\n  - &my-item a\n", "c", ["l"], "l:\n  - &my-item a\n  - c\n"],
  ])("adds %s", (_name, text, item, path, expected) => {
    expect(added(text, item, ...path)).toBe(expected);
  });

  it("leaves a list alone whose last item stands elsewhere", () => {
    expect(added("b: &b x\nl:\n  - *b\n", "c", "l")).toBeUndefined();
  });
});

describe("removeItem", () => {
  const removed = (text: string, index: number, ...path: Path): string | undefined => {
    const list = nodeAt(parseYaml(text).documents[0]?.root, ...path);
    const edit = list && removeItem(text, list, index);
    return edit && applyEdits(text, [edit]);
  };

  it.each<[string, string, number, string]>([
    ["a line", "l:\n  - a # x\n  - b\nz: 1\n", 0, "l:\n  - b\nz: 1\n"],
    ["the last line", "l:\r\n- a\r\n- b: 1\r\n  c: 2\r\nz: 1\r\n", 1, "l:\r\n- a\r\nz: 1\r\n"],
    ["the first of a flow list", "l: [a, b, c]\n", 0, "l: [b, c]\n"],
    ["the last of a flow list", 'l: ["a", "b"]\n', 1, 'l: ["a"]\n'],
  ])("takes out %s", (_name, text, index, expected) => {
    expect(removed(text, index, "l")).toBe(expected);
  });

  it("leaves an only item, and one that stands elsewhere", () => {
    expect(removed("l: [a]\n", 0, "l")).toBeUndefined();
    expect(removed("x: &x a\nl:\n- *x\n- b\n", 1, "l")).toBeUndefined();
    expect(removed("l:\n- - a\n  - b\n", 0, "l", 0)).toBeUndefined();
  });
});
