// Registries of requirements: Markdown that defines ids in headings, table rows or bold list entries, with their status.
// Read line by line: a repository can hold thousands of documents, and hardly any of them is a registry.

import type { Fact } from "../workspace.js";

/** How many requirements a file defines, by the status it gives them. */
export interface RegistryFact {
  readonly byStatus: readonly RequirementCount[];
}

export interface RequirementCount {
  /** Absent where no status, or none that is known, is written. */
  readonly status?: RequirementStatus;
  readonly count: number;
  /** The first of them; the line counts from zero. */
  readonly id: string;
  readonly line: number;
}

/** In the order in which a requirement goes through them. */
export const requirementStatuses = ["draft", "approved", "implemented"] as const;
export type RequirementStatus = (typeof requirementStatuses)[number];

export interface Requirement {
  readonly id: string;
  readonly line: number;
  readonly status?: RequirementStatus;
}

/** `REQ-PERF-001`, `OR-SCALE-001`, `INF-001`. Source: Role Instructions, "Infrastructure Specification". */
const id = String.raw`(?:REQ|OR|INF)(?:-[A-Z][A-Z0-9]*)*-\d+`;
const anyId = new RegExp(String.raw`\b${id}\b`);
const marks = String.raw`[\s*_\`[]*`;
const definitions: readonly RegExp[] = [
  new RegExp(String.raw`^ {0,3}#{1,6}(?=\s)${marks}(${id})\b`),
  new RegExp(String.raw`^ {0,3}\|${marks}(${id})\b`),
  new RegExp(String.raw`^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX-]\]\s+)?(?:\*\*|__)[\`[]?(${id})\b`),
];
/** The form of an infrastructure specification: its id stands in a field. */
const idField = new RegExp(String.raw`^\s*(?:[-*+]\s+)?\*\*(?:Spec|Requirement) ID(?::\*\*|\*\*:)\s*\`?(${id})\b`, "i");

export function registryFacts(text: string): readonly Fact[] {
  const counts = new Map<RequirementStatus | undefined, RequirementCount>();
  for (const { status, id, line } of requirementsIn(text)) {
    const known = counts.get(status) ?? { ...(status && { status }), count: 0, id, line };
    counts.set(status, { ...known, count: known.count + 1 });
  }
  return counts.size === 0
    ? []
    : [{ kind: "requirement.registry", key: "all", value: { byStatus: [...counts.values()] } }];
}

/** The requirements that a Markdown text defines, in its order; one that is defined twice is named once. */
export function requirementsIn(text: string): readonly Requirement[] {
  if (!anyId.test(text)) return [];
  const found = new Map<string, Requirement>();
  let current: Requirement | undefined;
  let header: readonly string[] = [];
  const lines = visibleLines(text);
  for (const [line, content] of lines.entries()) {
    if (isDelimiter(content)) header = cellsOf(lines[line - 1] ?? "");
    const id = idIn(content);
    if (id !== undefined && !found.has(id)) current = { id, line, ...known(statusOfLine(content, header)) };
    else if (/^ {0,3}#{1,6}\s/.test(content)) current = undefined;
    else if (current && !current.status) current = { ...current, ...known(statusField(content)) };
    if (current) found.set(current.id, current);
  }
  return [...found.values()];
}

/** Whether a line is the one of dashes below a table's header. */
const isDelimiter = (line: string): boolean => line.includes("|") && line.includes("-") && /^[|:\s-]+$/.test(line);

const known = (status: RequirementStatus | undefined) => (status ? { status } : {});

function idIn(line: string): string | undefined {
  for (const pattern of [...definitions, idField]) {
    const name = pattern.exec(line)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The lines of a text; those of fenced code and of comments are empty. */
function visibleLines(text: string): readonly string[] {
  let fence: string | undefined;
  const bare = text.replace(/<!--[\s\S]*?(?:-->|$)/g, (comment) => comment.replace(/[^\r\n]+/g, ""));
  return bare.split(/\r\n|\r|\n/).map((line) => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined) {
      fence = mark;
      return mark === undefined ? line : "";
    }
    if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
    return "";
  });
}

const cellsOf = (line: string): readonly string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

/** The status in a row's column of that name, or in brackets behind an entry: `- **REQ-1**: … (Approved)`. */
function statusOfLine(line: string, header: readonly string[]): RequirementStatus | undefined {
  if (/^\s*\|/.test(line)) {
    const column = header.findIndex((title) => /^\W*status\W*$/i.test(title));
    return column < 0 ? undefined : toStatus(cellsOf(line)[column] ?? "");
  }
  const bracketed = /[([]([^()[\]]+)[)\]]\W*$/.exec(line)?.[1];
  return bracketed === undefined ? statusField(line) : toStatus(bracketed.replace(/^status\W+/i, ""));
}

/** `**Status**: Approved`, `- Status: Draft`, `| Status | Implemented |`. */
function statusField(line: string): RequirementStatus | undefined {
  const said = /(?:^|[\s|*_])status\b[\s*_|]*[:|][\s*_]*([^|]+)/i.exec(line)?.[1];
  return said === undefined ? undefined : toStatus(said);
}

/** Reads a status that is written alone, with or without a sign before it; a choice of several is none. */
function toStatus(text: string): RequirementStatus | undefined {
  const word = text
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
  return requirementStatuses.find((status) => status === word);
}
