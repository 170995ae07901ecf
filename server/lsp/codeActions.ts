// Quick fixes for findings, the two ways to set one aside, the rule's page, and fix-all.

import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type CreateFile,
  type Diagnostic,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { turnOffEdits } from "../engine/config-edits.js";
import { configNames } from "../engine/detect.js";
import type { JudgedFinding } from "../engine/judgement.js";
import type { Source } from "../engine/languages/source.js";
import { type Fix, type NewFile, severities } from "../engine/rule.js";
import { ignoreEdit } from "../engine/suppress.js";
import { type Edit, overlaps } from "../engine/text.js";
import { clientCommands } from "../messages.js";
import { toDiagnostic, toSnippetEdit, toSpan, toTextEdit, toUri } from "./convert.js";
import type { DocumentJudgement } from "./judge.js";

export const fixAllKind = `${CodeActionKind.SourceFixAll}.dakota`;

export interface ActionContext {
  readonly document: TextDocument;
  readonly judged: DocumentJudgement;
  readonly source: () => Source | undefined;
  readonly pages: string;
  /** Whether edits of the client can hold tab stops. */
  readonly tabStops: boolean;
  /** URI of the workspace folder of the document: where a new configuration goes. */
  readonly folder?: string;
  readonly readText: (path: string) => Promise<string | undefined>;
}

/** The actions for a range, of the kinds asked for. */
export async function codeActions(context: ActionContext, params: CodeActionParams): Promise<readonly CodeAction[]> {
  const wants = (kind: string): boolean =>
    params.context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? true;
  const actions: CodeAction[] = [];
  if (params.context.only && wants(fixAllKind)) actions.push(...fixAll(context));
  if (wants(CodeActionKind.QuickFix)) {
    const range = toSpan(context.document, params.range);
    const touched = context.judged.judgement.findings.filter(
      ({ span }) => overlaps(span, range) || (span.start <= range.end && range.start <= span.end),
    );
    touched.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
    actions.push(...touched.flatMap((finding) => fixesFor(context, finding)));
    for (const finding of touched) actions.push(...(await waysAround(context, finding)));
  }
  return actions;
}

const fixesFor = (context: ActionContext, finding: JudgedFinding): readonly CodeAction[] =>
  finding.fixes
    .filter(({ newFile }) => !newFile || hasFolder(context))
    .map((fix) => ({
      ...action(fix.title, toDiagnostic(context.document, finding, context.pages), fixEdit(context, fix)),
      isPreferred: fix.safe,
    }));

/** What can be done about a finding without mending it: behind the fixes of all findings. */
async function waysAround(context: ActionContext, finding: JudgedFinding): Promise<readonly CodeAction[]> {
  const { rule } = finding;
  const diagnostic = toDiagnostic(context.document, finding, context.pages);
  const title = `Open the page of ${rule}`;
  const command = { title, command: clientCommands.openRulePage, arguments: [rule] };
  return [
    ...(rule.startsWith("dakota/") ? [] : [ignoreHere(context, finding, diagnostic)]),
    ...(await turnOff(context, finding, diagnostic)),
    { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command },
  ];
}

const action = (title: string, diagnostic: Diagnostic, edit: WorkspaceEdit): CodeAction => ({
  title,
  kind: CodeActionKind.QuickFix,
  diagnostics: [diagnostic],
  edit,
});

/** Beside a document that was never saved no file can be created. */
const hasFolder = ({ document }: ActionContext): boolean => !document.uri.startsWith("untitled:");

function fixEdit({ document, tabStops }: ActionContext, { edits, newFile, snippet }: Fix): WorkspaceEdit {
  if (newFile) return withNewFiles(document, edits, [newFile]);
  return snippet ? withPlaceholders(document, edits, tabStops) : changes(document, edits);
}

const changes = (document: TextDocument, edits: readonly Edit[]): WorkspaceEdit => ({
  changes: { [document.uri]: edits.map((edit) => toTextEdit(document, edit)) },
});

/** A file that has come to be in the meantime is left as it is, but for the text in front. */
const withNewFiles = (
  document: TextDocument,
  edits: readonly Edit[],
  files: readonly NewFile[],
): { documentChanges: (TextDocumentEdit | CreateFile)[] } => ({
  documentChanges: [
    ...files.flatMap(({ path, text }) => createFile(toUri(path, document.uri), [{ range: start, newText: text }])),
    ...(edits.length === 0 ? [] : [toDocumentEdit(document, edits)]),
  ],
});

const start = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

const toDocumentEdit = (document: TextDocument, edits: readonly Edit[]): TextDocumentEdit => ({
  textDocument: { uri: document.uri, version: document.version },
  edits: edits.map((edit) => toTextEdit(document, edit)),
});

const createFile = (uri: string, edits: TextEdit[]): [CreateFile, TextDocumentEdit] => [
  { kind: "create", uri, options: { ignoreIfExists: true } },
  { textDocument: { uri, version: null }, edits },
];

const withPlaceholders = (document: TextDocument, edits: readonly Edit[], tabStops: boolean): WorkspaceEdit => ({
  documentChanges: [
    {
      textDocument: { uri: document.uri, version: document.version },
      edits: edits.map((edit) => toSnippetEdit(document, edit, tabStops)),
    } satisfies TextDocumentEdit,
  ],
});

function ignoreHere(context: ActionContext, { rule, span }: JudgedFinding, diagnostic: Diagnostic): CodeAction {
  const source = context.source();
  const edits = source ? [ignoreEdit(source, rule, span)] : [];
  const edit = withPlaceholders(context.document, edits, context.tabStops);
  return action(`Ignore ${rule} here, with a reason`, diagnostic, edit);
}

/** Off in the configuration that holds for the document or, where none does, in a new one. */
async function turnOff(
  context: ActionContext,
  { rule }: JudgedFinding,
  diagnostic: Diagnostic,
): Promise<readonly CodeAction[]> {
  const title = `Turn ${rule} off in .dakota.yaml`;
  const path = context.judged.settings.path;
  if (path !== undefined) {
    const text = (await context.readText(path)) ?? "";
    const uri = toUri(path, context.document.uri);
    const document = TextDocument.create(uri, "yaml", 0, text);
    return [action(title, diagnostic, changes(document, turnOffEdits(text, rule)))];
  }
  if (context.folder === undefined) return [];
  const uri = `${context.folder.replace(/\/$/, "")}/${configNames[0]}`;
  const document = TextDocument.create(uri, "yaml", 0, "");
  const edits = turnOffEdits("", rule).map((edit) => toTextEdit(document, edit));
  return [action(title, diagnostic, { documentChanges: createFile(uri, edits) })];
}

/** Every safe fix at once; of two that touch the same text the first one goes in. */
function fixAll(context: ActionContext): readonly CodeAction[] {
  const { document, judged } = context;
  const chosen: Edit[] = [];
  const files = new Map<string, NewFile>();
  for (const { fixes } of judged.judgement.findings) {
    const safe = fixes.find((fix) => fix.safe);
    if (safe?.newFile && hasFolder(context)) files.set(safe.newFile.path, safe.newFile);
    if (safe && !safe.edits.some((edit) => chosen.some((other) => clash(edit, other)))) chosen.push(...safe.edits);
  }
  if (chosen.length === 0 && files.size === 0) return [];
  const edit = files.size > 0 ? withNewFiles(document, chosen, [...files.values()]) : changes(document, chosen);
  return [{ title: "Fix everything Dakota can fix safely", kind: fixAllKind, edit }];
}

const clash = (a: Edit, b: Edit): boolean =>
  overlaps(a.span, b.span) || (a.span.start === b.span.start && a.span.end === b.span.end);
