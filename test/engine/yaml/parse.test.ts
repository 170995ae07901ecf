import { describe, expect, it } from "vitest";
import {
  entryOf,
  itemsAt,
  nodeAt,
  scalarAt,
  textAt,
  type YamlFile,
  type YamlNode,
} from "../../../server/engine/languages/yaml/model.js";
import { maximumDepth, maximumNodes, parseYaml } from "../../../server/engine/languages/yaml/parse.js";

const rootOf = (file: YamlFile, index = 0): YamlNode | undefined => file.documents[index]?.root;

describe("parseYaml", () => {
  it("gives every node the stretch it is written at", () => {
    const text = 'a: "x"   # note\nb:\n  - 1.10\n  - {c: yes}\n';
    const root = rootOf(parseYaml(text));
    const slice = (node: YamlNode | undefined): string | undefined =>
      node && text.slice(node.span.start, node.span.end);
    expect(slice(nodeAt(root, "a"))).toBe('"x"');
    expect(slice(nodeAt(root, "b"))).toBe("- 1.10\n  - {c: yes}");
    expect(slice(nodeAt(root, "b", 1, "c"))).toBe("yes");
    expect(textAt(root, "b", 0)).toBe("1.10");
    expect(scalarAt(root, "b", 1, "c")?.value).toBe("yes");
  });

  it("complains about a quote that never closes, and not about one that closes too far to the left", () => {
    const open = parseYaml("a: 'never\nb: 1\n");
    expect(open.problems.map(({ message }) => message)).toEqual(["a text that begins with ' is never closed"]);
    const left = parseYaml("a:\n  b: 'x\n  y'\n");
    expect(left.problems).toEqual([]);
    expect(left.documents[0]?.broken).toBe(true);
  });

  it("keeps a value apart from one that is missing", () => {
    const root = rootOf(parseYaml('none:\ntilde: ~\nempty: ""\n'));
    expect(nodeAt(root, "none")).toMatchObject({ style: "missing", value: null });
    expect(nodeAt(root, "tilde")).toMatchObject({ style: "plain", value: null });
    expect(nodeAt(root, "empty")).toMatchObject({ style: "quoted", value: "" });
    expect(scalarAt(root, "none")).toBeUndefined();
  });

  it("takes a number sign for a comment only where it is one", () => {
    const text = "# first\na: |\n  # text\n  b\nc: x#y # last\nd: '# quoted'\n";
    expect(parseYaml(text).comments.map((comment) => comment.text)).toEqual(["first", "last"]);
  });

  it("separates documents, also where a block scalar holds dashes", () => {
    const file = parseYaml("a: |\n  ---\n  x\n---\n# nothing\n---\nb: 2\n...\n---\nc: 3\n");
    expect(file.documents).toHaveLength(4);
    expect(textAt(rootOf(file), "a")).toBe("---\nx\n");
    expect(rootOf(file, 1)).toBeUndefined();
    expect(textAt(rootOf(file, 2), "b")).toBe("2");
    expect(textAt(rootOf(file, 3), "c")).toBe("3");
    expect(file.problems).toEqual([]);
  });

  it("marks a broken document and keeps the ones around it", () => {
    const file = parseYaml('a: 1\n---\nb: "x\nc: [1\n---\nd: 4\n');
    expect(file.documents.map(({ broken }) => broken)).toContain(true);
    expect(file.documents[0]).toMatchObject({ broken: false });
    expect(file.problems.length).toBeGreaterThan(0);
  });

  it("follows aliases and merge keys; own keys win over merged ones, the first of several maps over the next", () => {
    const text =
      "base: &b {x: 1, y: 2}\nother: &o {y: 3, z: 4}\none:\n  <<: *b\n  x: 9\ntwo:\n  <<: [*b, *o]\nthree: *b\n";
    const root = rootOf(parseYaml(text));
    expect([textAt(root, "one", "x"), textAt(root, "one", "y")]).toEqual(["9", "2"]);
    expect([textAt(root, "two", "y"), textAt(root, "two", "z")]).toEqual(["2", "4"]);
    expect(nodeAt(root, "three", "x")?.span).toEqual(nodeAt(root, "base", "x")?.span);
    expect(entryOf(nodeAt(root, "one"), "y")?.merged).toBe(true);
  });

  it("says that an alias has no anchor, and survives one inside its own anchor", () => {
    const lost = parseYaml("a: *nowhere\n");
    expect(lost.problems).toEqual([{ span: { start: 3, end: 11 }, message: 'no anchor above has the name "nowhere"' }]);
    expect(lost.documents[0]?.broken).toBe(true);
    expect(parseYaml("a: &self\n  b: *self\n").problems).toEqual([]);
  });

  it("keeps anchors within their document", () => {
    expect(parseYaml("a: &x 1\n---\nb: *x\n").problems).toHaveLength(1);
  });

  it("counts what aliases multiply, and stops", () => {
    const levels = ["l0: &l0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let i = 1; i < 9; i++)
      levels.push(
        `l${i}: &l${i} [${Array(10)
          .fill(`*l${i - 1}`)
          .join(", ")}]`,
      );
    const file = parseYaml(levels.join("\n"));
    expect(file.problems[0]?.message).toContain(String(maximumNodes));
    expect(file.documents[0]).toMatchObject({ broken: true });
  });

  it.each([
    ["flow lists", "[".repeat(10_000)],
    ["flow maps", "{a: ".repeat(10_000)],
    ["block lists", "- ".repeat(10_000)],
    ["block maps", Array.from({ length: 2_000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n")],
  ])("survives %s nested very deep", (_name, text) => {
    const file = parseYaml(text);
    expect(file.problems[0]?.message).toContain(String(maximumDepth));
  });

  it.each([
    ["nothing", ""],
    ["a byte order mark", "\uFEFFa: 1\n"],
    ["a lone byte order mark", "\uFEFF"],
    ["control characters", "\u0000\u0001\u0007a: \u0002"],
    ["tabs", "a:\n\tb: 1\n"],
    ["half a quote", "a: 'x"],
    ["a lone colon", ":"],
    ["a lone question mark", "? "],
    ["a tag without a handle", "a: !x!y z"],
    ["a directive without a document", "%YAML 1.1\n"],
  ])("survives %s", (_name, text) => {
    expect(parseYaml(text).documents.length).toBeGreaterThanOrEqual(0);
  });

  it("reads the keys behind a byte order mark and Windows line ends", () => {
    const root = rootOf(parseYaml("\uFEFFa: 1\r\nb:\r\n  - x\r\n"));
    expect(textAt(root, "a")).toBe("1");
    expect(itemsAt(root, "b")).toHaveLength(1);
  });

  it("takes time in proportion to the text", () => {
    const list = (count: number): number => {
      const text = Array.from({ length: count }, (_, i) => `- name: item-${i}\n  value: "x" # note\n`).join("");
      const start = performance.now();
      parseYaml(text);
      return performance.now() - start;
    };
    list(500);
    expect(list(4_000)).toBeLessThan(Math.max(1, list(500)) * 8 * 5);
  });
});

describe("the short way and the long way", () => {
  // A tag makes a document take the long way; what stands beside it must be read the same.
  const samples = [
    "a: 1\nb:\n  - x: y # c\n    z: |\n      t\n  # below\nc:\nd: {e: [1, 'two', \"th\\tree\"], f: ~}\n",
    "- a\n-\n- - b\n  - c: &x {d: 1}\n- *x\n",
    "base: &base\n  a: 1\nover:\n  <<: *base\n  b: yes\n",
    "a: 0x1F\nb: 1e3\nc: .inf\nd: -.5\ne: 0o17\nf: True\ng: 1.10\nh: 2001-01-01\n",
    "folded: >-\n  one\n  two\n\nplain: three\n  four\nquoted: 'it''s'\n",
  ];
  for (const [i, sample] of samples.entries())
    it(`agree on sample ${i + 1}`, () => {
      const lead = "first: x\n";
      const whole = `${lead}${sample.startsWith("-") ? `list:\n${sample.replace(/^/gm, "  ").trimEnd()}\n` : sample}`;
      const short = rootOf(parseYaml(whole));
      const long = rootOf(parseYaml(`first: !!str x\n${whole.slice(lead.length)}`));
      const moved = (node: unknown): unknown =>
        JSON.parse(
          JSON.stringify(node, (key, value: unknown) =>
            (key === "start" || key === "end") && typeof value === "number" && value > lead.length ? value - 6 : value,
          ),
        );
      expect(long?.type === "map" && moved(long.entries.slice(1))).toEqual(
        short?.type === "map" && JSON.parse(JSON.stringify(short.entries.slice(1))),
      );
    });

  it("agree that there is a fault", () => {
    for (const fault of [
      "a:\n\t- b\n",
      "a: b: c\n",
      "a: 1\n b: 2\n",
      "a: [1 2\nb: 3\n",
      "a: 1\n... 'x'\n",
      "a: 1#c\n b\n",
      "a: @b\n",
    ])
      expect(parseYaml(fault).documents[0]?.broken, fault).toBe(fault !== "a: 1#c\n b\n");
  });
});
