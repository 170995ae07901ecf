// What a finding is about, on hover: what was resolved for it, why it matters, which document asks for it, where to read
// more.

import type { Hover, Position } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { catalogue } from "../engine/catalogue.gen.js";
import { aboutKeyAt } from "../engine/form/proposals.js";
import type { RootSchema } from "../engine/form/shape.js";
import type { JudgedFinding } from "../engine/judgement.js";
import { type NoticeId, notices } from "../engine/notices.js";
import { pageOf, toRange } from "./convert.js";
import type { DocumentJudgement } from "./judge.js";

/** The hover over the findings at a position; null where there is none. */
export function hover(
  document: TextDocument,
  { judgement }: DocumentJudgement,
  position: Position,
  pages: string,
): Hover | null {
  const offset = document.offsetAt(position);
  const here = judgement.findings.filter(({ span }) => span.start <= offset && offset <= span.end);
  const [first] = here;
  if (!first) return null;
  const once = [...new Set(here.map(({ rule }) => rule))];
  return {
    contents: { kind: "markdown", value: once.map((rule) => describe(rule, here, pages)).join("\n\n---\n\n") },
    range: toRange(document, first.span),
  };
}

/** What the key at a position of a file says whose form is known; null where no known key stands. */
export function formHover(root: RootSchema, document: TextDocument, position: Position): Hover | null {
  const found = aboutKeyAt(root, document.getText().split(/\r?\n/), position.line, position.character);
  if (!found) return null;
  const { line } = position;
  return {
    contents: { kind: "markdown", value: found.about },
    range: { start: { line, character: found.start }, end: { line, character: found.end } },
  };
}

function describe(id: string, here: readonly JudgedFinding[], pages: string): string {
  const rule = catalogue[id];
  const { title, why } = rule ?? notices[id as NoticeId];
  const standard = rule ? `\n\n*${rule.standard}, phase ${rule.phase}*` : "";
  return `**${title}** ([${id}](${pageOf(pages, id).href}))${resolvedFor(id, here)}\n\n${why}${standard}`;
}

/** What was resolved for the rule's findings, a paragraph each; it quotes the file, so nothing in it may act as markup. */
function resolvedFor(id: string, here: readonly JudgedFinding[]): string {
  const said = here.flatMap(({ rule, resolved }) => (rule === id && resolved !== undefined ? [resolved] : []));
  return [...new Set(said)].map((text) => `\n\nResolved: ${plainMarkdown(text)}`).join("");
}

const plainMarkdown = (text: string): string => text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]()<>#+!|~&$-]/g, "\\$&");
