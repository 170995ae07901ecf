// The required sections of an output document: which ones it lacks, and the edits that put them in.

import type { MarkdownFile, Section } from "../languages/markdown/model.js";
import { parseMarkdown } from "../languages/markdown/parse.js";
import { applyEdits, type Edit } from "../text.js";
import { contentEnd, endOfLine, insertBlocks } from "./insert.js";
import type { OutputDocument, OutputSection, Phase, Protocol } from "./model.js";
import { outputSection, outputText } from "./template.js";
import { sameTitle } from "./words.js";

/** The required sections that have no heading, in their order; none where the file was not read as a whole. */
export const missingSections = (file: MarkdownFile, { sections }: OutputDocument): readonly OutputSection[] =>
  file.partial ? [] : sections.filter((section) => !isAmong(file.sections.map(titleOf), section));

const titleOf = ({ heading }: Section): string => heading.text;

/** Whether one of these headings is the section's. */
export const isAmong = (headings: readonly string[], { title, aliases = [] }: OutputSection): boolean =>
  headings.some((heading) => sameTitle(heading, [title, ...aliases]));

/**
 * Puts the missing sections in, in the order of the protocol and at the level of the others.
 * @returns undefined where they would not be read as sections, behind an unclosed fence for one
 */
export function addSections(
  file: MarkdownFile,
  protocol: Lists,
  phase: Phase,
  output: OutputDocument,
): readonly Edit[] | undefined {
  const missing = missingSections(file, output);
  const edits =
    file.text.trim() === "" ? wholeDocument(file.text, protocol, phase) : sectionEdits(file, protocol, output, missing);
  const after = parseMarkdown(file.path, applyEdits(file.text, edits));
  return missingSections(after, output).length === 0 ? edits : undefined;
}

type Lists = Pick<Protocol, "checklists">;

function wholeDocument({ length }: string, protocol: Lists, phase: Phase): readonly Edit[] {
  return [{ span: { start: 0, end: length }, text: outputText(protocol, phase) ?? "" }];
}

function sectionEdits(
  { text, sections }: MarkdownFile,
  protocol: Lists,
  output: OutputDocument,
  missing: readonly OutputSection[],
): readonly Edit[] {
  const places = output.sections.map((wanted) => sections.find((found) => isAmong([titleOf(found)], wanted)));
  const inserts = missing.map((section) => {
    const at = output.sections.indexOf(section);
    const before = places.slice(0, at).findLast((place) => place !== undefined);
    const after = before ? undefined : places.slice(at).find((place) => place !== undefined);
    const end = before?.span.end ?? after?.span.start ?? text.length;
    const level = (before ?? after)?.heading.level ?? Math.min(6, (sections[0]?.heading.level ?? 1) + 1);
    const start = before?.span.start ?? 0;
    return {
      offset: endOfLine(text, contentEnd(text, { start, end })),
      lines: outputSection(protocol, output, section, level),
    };
  });
  return insertBlocks(text, inserts);
}
