// Completion of what only Dakota knows: rule ids behind "dakota-ignore", and everything in ".dakota.yaml".

import { type CompletionItem, CompletionItemKind, type Position } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { catalogue } from "../engine/catalogue.gen.js";
import { profiles } from "../engine/config.js";
import { roles, tiers } from "../engine/languages/pipeline/own-roles.js";
import { notices } from "../engine/notices.js";
import { proposalsAt } from "../engine/protocol/completion.js";
import type { Protocol } from "../engine/protocol/model.js";
import { type Language, type Rule, severities } from "../engine/rule.js";

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
 * Items in a configuration: keys, rule ids with their options, severities and profiles, by the keys above the cursor.
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
  const value = /^(\s*)(?:- )?([^\s:#]+):\s+(\S*)$/.exec(before);
  const path = keysAbove(document, position, before);
  if (value?.[2] !== undefined) return valuesFor([...path, value[2]]).map(toItem(position, value[3] ?? ""));
  const typed = /^\s*(?:- )?([^\s:]*)$/.exec(before)?.[1];
  if (typed === undefined) return [];
  return keysFor(path).map(({ name, about }) => item(position, typed, name, about, CompletionItemKind.Property, ": "));
}

/** Items in a team's own protocol: keys and values by its form. */
export function protocolCompletion(document: TextDocument, position: Position): readonly CompletionItem[] {
  const lines = document.getText().split(/\r?\n/);
  const { typed, dash, items } = proposalsAt(lines, position.line, position.character);
  return items.map(({ name, about, kind, holds }, i) => {
    const isKey = kind === "key";
    const shown = isKey ? CompletionItemKind.Property : CompletionItemKind.EnumMember;
    const made = item(
      position,
      typed,
      name,
      about,
      shown,
      isKey ? (holds === "text" ? ": " : ":") : "",
      dash ? "- " : "",
    );
    // What has to be there stands first, not what the alphabet begins with.
    return { ...made, sortText: String(i).padStart(3, "0") };
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

/** The keys of the maps around a line, outermost first, read from the indentation above it. */
function keysAbove(document: TextDocument, { line }: Position, before: string): readonly string[] {
  const keys: string[] = [];
  let indent = /^\s*(?:- )?/.exec(before)?.[0].length ?? 0;
  for (let above = line - 1; above >= 0 && indent > 0; above--) {
    const text = document.getText({ start: { line: above, character: 0 }, end: { line: above + 1, character: 0 } });
    const found = /^(\s*(?:- )?)([^\s:#][^:#]*):\s*(?:#.*)?$/.exec(text.trimEnd());
    if (!found?.[2] || (found[1] ?? "").length >= indent) continue;
    indent = (found[1] ?? "").replace("- ", "").length;
    keys.unshift(found[2]);
  }
  return keys;
}

interface Key {
  readonly name: string;
  readonly about: string;
}

const topKeys: readonly Key[] = [
  { name: "profile", about: "Which rules are on: recommended, strict or all" },
  { name: "rules", about: "Severity and options by rule" },
  { name: "exclude", about: "Files that are not judged, as globs from this folder" },
  { name: "tracker", about: "Files that hold the phase trackers, as globs from this folder" },
  { name: "protocols", about: "Ids of the protocols in force, in this order" },
  { name: "pipeline", about: "By what this team's own commands, actions and jobs are recognised" },
  { name: "overrides", about: "Other settings for some files" },
];

const overrideKeys: readonly Key[] = [
  { name: "files", about: "The files it is for, as globs from this folder" },
  ...topKeys.filter(({ name }) => name === "profile" || name === "rules"),
];

/** Keys below `pipeline`, by how many keys stand above them. */
const pipelineKeys: readonly (readonly Key[])[] = [
  [],
  [{ name: "roles", about: "Commands, actions and jobs by what they are there for" }],
  Object.entries(roles).map(([name, about]) => ({ name, about })),
  [
    { name: "run", about: "A command" },
    { name: "uses", about: "An action, a called workflow, a task, a command of an orb or a step of a plugin" },
    { name: "job", about: "The name of a job" },
    { name: "environment", about: "Where a deployment goes" },
  ],
];

function keysFor(path: readonly string[]): readonly Key[] {
  const last = path.at(-1);
  if (last === undefined) return topKeys;
  if (last === "overrides") return overrideKeys;
  if (last === "rules")
    return [...Object.entries(catalogue), ...Object.entries(notices)].map(([name, { title }]) => ({
      name,
      about: title,
    }));
  if (path[0] === "pipeline") return pipelineKeys[path.length] ?? [];
  const rule = path.at(-2) === "rules" ? catalogue[last] : undefined;
  if (!rule) return [];
  const options = Object.entries(rule.options).map(([name, { about }]) => ({ name, about }));
  return [{ name: "severity", about: "off, on, or a severity" }, ...options];
}

function valuesFor(path: readonly string[]): readonly string[] {
  const last = path.at(-1);
  if (last === "profile") return profiles;
  if (last === "environment" && path[0] === "pipeline") return tiers;
  if (last === "severity" || path.at(-2) === "rules") return ["off", "on", ...severities];
  return [];
}

const toItem =
  (position: Position, typed: string) =>
  (label: string): CompletionItem =>
    item(position, typed, label, "", CompletionItemKind.EnumMember);

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
