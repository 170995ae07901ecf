// The one place where offsets meet lines, paths meet URIs, and findings become diagnostics.

import type { CodeDescription, Diagnostic, Position, Range, SnippetTextEdit, TextEdit } from "vscode-languageserver";
import { DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import type { JudgedFinding } from "../engine/judgement.js";
import type { Severity } from "../engine/rule.js";
import { plainSnippet } from "../engine/snippet.js";
import type { Edit, Span } from "../engine/text.js";

type Positions = Pick<TextDocument, "positionAt">;

export const toRange = (document: Positions, span: Span): Range => ({
  start: document.positionAt(span.start),
  end: document.positionAt(span.end),
});

export const toSpan = (document: Pick<TextDocument, "offsetAt">, range: Range): Span => ({
  start: document.offsetAt(range.start),
  end: document.offsetAt(range.end),
});

export const toTextEdit = (document: Positions, edit: Edit): TextEdit => ({
  range: toRange(document, edit.span),
  newText: edit.text,
});

/** An edit whose text holds placeholders: with tab stops where the client has them, else with their proposed values. */
export const toSnippetEdit = (document: Positions, edit: Edit, tabStops: boolean): TextEdit | SnippetTextEdit => {
  const range = toRange(document, edit.span);
  if (!tabStops) return { range, newText: plainSnippet(edit.text) };
  return { range, snippet: { kind: "snippet", value: edit.text } };
};

const severityNumbers: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** `pages` is the URI of the folder with the rules' pages. */
export function toDiagnostic(document: Positions, finding: JudgedFinding, pages: string): Diagnostic {
  const { rule, severity, span, message } = finding;
  return {
    range: toRange(document, span),
    severity: severityNumbers[severity],
    code: rule,
    codeDescription: pageOf(pages, rule),
    source: "dakota",
    message,
    ...(rule === "dakota/ignore-unused" && { tags: [DiagnosticTag.Unnecessary] }),
  };
}

export const pageOf = (pages: string, rule: string): CodeDescription => ({ href: `${pages}/${rule}.md` });

// A document that was never saved has no path: its language says what it is to become.
const unsavedNames: Readonly<Record<string, string>> = {
  dockerfile: "Dockerfile",
  dockercompose: "compose.yaml",
  yaml: "untitled.yaml",
  terraform: "untitled.tf",
  opentofu: "untitled.tf",
};

/** The engine's path of a document. */
export function toPath(uri: string, languageId?: string): string {
  const parsed = URI.parse(uri);
  if (parsed.scheme !== "untitled") return parsed.path;
  const name = languageId ? unsavedNames[languageId] : undefined;
  return `/untitled/${parsed.path.replace(/\W/g, "-")}/${name ?? "untitled"}`;
}

/** The engine's path of an open folder. */
export const toFolder = (uri: string): string => toPath(uri).replace(/\/$/, "");

/** The URI of a path, in the scheme of a document it belongs with. */
export const toUri = (path: string, like?: string): string =>
  (like ? URI.parse(like).with({ path }) : URI.file(path)).toString();

export const isDiskUri = (uri: string): boolean => URI.parse(uri).scheme === "file";

export const before = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);
