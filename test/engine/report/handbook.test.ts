// Protocols as documents to read: nothing that the data holds for people is left out, and nothing of it acts as HTML.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import { cellText } from "../../../server/engine/protocol/lines.js";
import type { Protocol } from "../../../server/engine/protocol/model.js";
import { readProtocol } from "../../../server/engine/protocol/read.js";
import { toHandbook } from "../../../server/engine/report/handbook.js";

const ids = ["dop", "engineer-instructions", "master", "role-definition", "role-instructions"];

function load(id: string): Protocol {
  const { protocol } = readProtocol(readFileSync(resolve("protocols", `${id}.yaml`), "utf8"));
  if (!protocol) throw new Error(`${id} cannot be read`);
  return protocol;
}

/** What the program works with, and people need not read: how files show something, other words for one thing. */
const forPrograms = new Set([
  "id",
  "kind",
  "evidence",
  "aliases",
  "trackerTitle",
  "tracker",
  "gateAnswers",
  "prompt",
  "comparison",
  "unit",
  "level",
  "force",
  "section",
]);

/** Every text of the data that people are to read. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) => (forPrograms.has(key) ? [] : textsIn(held)));
}

describe("a protocol as a document", () => {
  it.each(ids)("holds every text of %s", (id) => {
    const protocol = load(id);
    const page = toHandbook(protocol).replaceAll("&lt;", "<").toLowerCase();
    const texts = textsIn(protocol);
    expect(texts.length).toBeGreaterThan(50);
    const words = (text: string) => cellText(text).toLowerCase();
    expect(texts.filter((text) => !page.includes(text.toLowerCase()) && !page.includes(words(text)))).toEqual([]);
  });

  it.each(ids)("has a heading for each phase and list of %s", (id) => {
    const { phases, checklists } = load(id);
    const { headings } = parseMarkdown("/a.md", toHandbook(load(id)));
    const titles = headings.map(({ text }) => text);
    for (const { number, title } of phases) expect(titles).toContain(`Phase ${number}: ${title}`);
    for (const { title } of checklists) expect(titles).toContain(title);
  });

  it("takes a team's texts as texts", () => {
    const text = toHandbook({ ...load("dop"), purpose: "<script>alert(1)</script> and <b>", mandate: "a < b" });
    expect(text).not.toMatch(/<(?:script|\/|b)/);
    expect(text).toContain("> a < b");
  });

  it("says of a gate that is ours that it is", () => {
    expect(toHandbook(load("master")).match(/words no gate here/g)).toHaveLength(4);
    expect(toHandbook(load("dop"))).not.toContain("words no gate here");
  });
});
