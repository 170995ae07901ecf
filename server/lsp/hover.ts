// What a finding is about, on hover: why it matters, which document asks for it, and where to read more.

import type { Hover, Position } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { catalogue } from "../engine/catalogue.gen.js";
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
    contents: { kind: "markdown", value: once.map((rule) => describe(rule, pages)).join("\n\n---\n\n") },
    range: toRange(document, first.span),
  };
}

function describe(id: string, pages: string): string {
  const rule = catalogue[id];
  const { title, why } = rule ?? notices[id as NoticeId];
  const standard = rule ? `\n\n*${rule.standard}, phase ${rule.phase}*` : "";
  return `**${title}** ([${id}](${pageOf(pages, id).href}))\n\n${why}${standard}`;
}
