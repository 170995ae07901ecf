// Completion of what only Dakota knows: rule ids behind "dakota-ignore", and everything in ".dakota.yaml".

import { type CompletionItem, CompletionItemKind, type Position } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { catalogue } from "../engine/catalogue.gen.js";
import { configSchema } from "../engine/config-form.js";
import { proposalsAt } from "../engine/form/proposals.js";
import type { RootSchema } from "../engine/form/shape.js";
import type { Protocol } from "../engine/protocol/model.js";
import type { Language, Rule } from "../engine/rule.js";

/** Items behind "dakota-ignore" in a comment; none elsewhere. */
export function ignoreCompletion(
  document: TextDocument,
  position: Position,
  language: Language | undefined,
): readonly CompletionItem[] {
  const before = lineBefore(document, position);
  const said = /(?:#|\/\/|\/\*|<!--).*\bdakota-ignore\s+((?:(?! -- ).)*)$/.exec(before)?.[1];
  if (said === undefined) return [];
  const named = said.split(/[\s,]+/);
  const typed = named.at(-1) ?? "";
  const ids = Object.entries(catalogue)
    .filter(([id, rule]) => !named.includes(id) && (!language || judges(rule, language)))
    .map(([id, { title }]) => item(position, typed, id, title, CompletionItemKind.Value));
  const until = item(position, typed, "until=", "Ends the exception after this day", CompletionItemKind.Keyword);
  return named.length > 1 ? [...ids, { ...until, label: "until=YYYY-MM-DD" }] : ids;
}

/** What else a file can hold: manifests alerts, documents trackers. */
const inside: { readonly [L in Language]?: readonly Language[] } = {
  kubernetes: ["prometheus"],
  markdown: ["tracker", "output"],
};

const judges = ({ on }: Rule, language: Language): boolean => {
  const languages = typeof on === "string" ? [on] : on;
  return [language, ...(inside[language] ?? [])].some((one) => languages.includes(one));
};

/**
 * Items in a configuration: keys and values by its form, and the ids of protocols.
 * @param protocols those that the configuration can name
 */
export function configCompletion(
  document: TextDocument,
  position: Position,
  protocols: readonly Protocol[],
): readonly CompletionItem[] {
  const before = lineBefore(document, position);
  if (/^\s*#/.test(before)) return [];
  const named = namedProtocols(document, position, before);
  if (named) return protocolItems(position, protocols, named);
  return formCompletion(configSchema(), document, position);
}

/** Items in a file whose form is known: keys and values by what stands around the cursor. */
export function formCompletion(
  root: RootSchema,
  document: TextDocument,
  position: Position,
): readonly CompletionItem[] {
  const lines = document.getText().split(/\r?\n/);
  const { typed, dash, items } = proposalsAt(root, lines, position.line, position.character);
  return items.map(({ name, about, kind, holds }, i) => {
    const isKey = kind === "key";
    const shown = isKey ? CompletionItemKind.Property : CompletionItemKind.EnumMember;
    const after = !isKey ? "" : holds === "text" ? ": " : ":";
    const [first = about] = /^.*?[.;:](?=\s)/.exec(about) ?? [];
    const made = item(position, typed, name, first.replace(/[.;:]$/, ""), shown, after, dash ? "- " : "");
    const documentation =
      first.length < about.length ? { documentation: { kind: "markdown", value: about } as const } : {};
    // What has to be there stands first, not what the alphabet begins with.
    return { ...made, ...documentation, sortText: String(i).padStart(3, "0") };
  });
}

/** The ids in the list of protocols up to the cursor, the one being typed last; undefined outside that list. */
function namedProtocols(document: TextDocument, position: Position, before: string): readonly string[] | undefined {
  const inline = /^protocols:\s*\[([^\]]*)$/.exec(before)?.[1];
  if (inline !== undefined) return inline.split(",").map((id) => id.trim());
  const typed = /^\s*-\s+(\S*)$/.exec(before)?.[1];
  if (typed === undefined) return undefined;
  const named: string[] = [typed];
  for (let line = position.line - 1; line >= 0; line--) {
    const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }).trimEnd();
    const entry = /^\s*-\s+(\S+)/.exec(text)?.[1];
    if (entry === undefined) return /^protocols:\s*(?:#.*)?$/.test(text) ? named : undefined;
    named.unshift(entry);
  }
  return undefined;
}

function protocolItems(position: Position, protocols: readonly Protocol[], named: readonly string[]) {
  const titles = new Map([...protocols].reverse().map(({ id, title }) => [id, title]));
  return [...titles]
    .filter(([id]) => !named.slice(0, -1).includes(id))
    .map(([id, title]) => item(position, named.at(-1) ?? "", id, title, CompletionItemKind.Value));
}

const lineBefore = (document: TextDocument, { line, character }: Position): string =>
  document.getText({ start: { line, character: 0 }, end: { line, character } });

/** Ids hold slashes, which editors take for the end of a word: the range to replace is therefore given. */
function item(
  position: Position,
  typed: string,
  label: string,
  detail: string,
  kind: CompletionItemKind,
  after = "",
  ahead = "",
): CompletionItem {
  const start = { line: position.line, character: position.character - typed.length };
  const range = { start, end: position };
  return {
    label,
    kind,
    filterText: label,
    textEdit: { range, newText: `${ahead}${label}${after}` },
    ...(detail && { detail }),
  };
}
