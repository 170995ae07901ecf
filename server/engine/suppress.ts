// "dakota-ignore <rule>[, <rule>] [until=YYYY-MM-DD] -- reason", the same in comments of every language.
// A comment speaks about what starts on its own line or, alone on a line, about what starts on the next line of code.

import type { Comment, Source } from "./languages/source.js";
import type { NoticeId } from "./notices.js";
import { at, type Finding, fix, insertAt, remove, snippet, suggest } from "./rule.js";
import { contains, type Edit, indentAt, lineEnd, lineSpan, type Span } from "./text.js";

export interface Suppression {
  readonly comment: Span;
  readonly rules: readonly { readonly id: string; readonly span: Span }[];
  /** ISO date of the last day on which it holds. */
  readonly until?: string;
  readonly reason: string;
  /** What it speaks about. */
  readonly target: Span;
}

const word = "dakota-ignore";

/** Every suppression in the comments of a file. */
export function suppressionsOf(source: Source): readonly Suppression[] {
  if (!source.text.includes(word)) return [];
  return source.comments.flatMap((comment) => {
    const start = source.text.indexOf(word, comment.span.start);
    if (!comment.text.startsWith(word) || start > comment.span.end) return [];
    return [read(source, comment, start + word.length)];
  });
}

function read(source: Source, { span, text }: Comment, from: number): Suppression {
  const said = text.slice(word.length);
  const dash = /(?:^|\s)--(?=\s|$)/.exec(said);
  const head = said.slice(0, dash?.index ?? said.length);
  const until = /\buntil=(\S+)/.exec(head)?.[1];
  const rules = [...head.matchAll(/[^\s,]+/g)]
    .filter(([id]) => !id.startsWith("until="))
    .map((match) => ({ id: match[0], span: { start: from + match.index, end: from + match.index + match[0].length } }));
  const reason = dash ? said.slice(dash.index + dash[0].length).trim() : "";
  return { comment: span, rules, ...(until && { until }), reason, target: targetOf(source, span) };
}

function targetOf({ text, statements, comments }: Source, comment: Span): Span {
  const own = lineSpan(text, comment.start);
  const alone = text.slice(own.start, comment.start).trim() === "";
  const line = alone ? nextLineOfCode(text, comments, comment.end) : own;
  let target = line;
  for (const statement of statements)
    if (statement.start >= line.start && statement.start <= line.end && statement.end > target.end)
      target = { start: line.start, end: statement.end };
  return target;
}

function nextLineOfCode(text: string, comments: readonly Comment[], from: number): Span {
  let offset = from;
  for (;;) {
    while (offset < text.length && /\s/.test(text.charAt(offset))) offset++;
    const comment = comments.find(({ span }) => span.start === offset);
    if (!comment) return lineSpan(text, offset);
    offset = comment.span.end;
  }
}

/** A finding with the id it goes by. */
export interface Named extends Finding {
  readonly rule: string;
}

export interface Suppressed {
  readonly kept: readonly Named[];
  readonly ignored: number;
  /** What is to be said about the comments themselves. */
  readonly notices: readonly (Finding & { readonly rule: NoticeId })[];
}

export interface SuppressContext {
  /** ISO date. */
  readonly today: string;
  readonly knows: (rule: string) => boolean;
  /** Whether the rule has run to its end on this file: only then an unused comment can be told. */
  readonly ran: (rule: string) => boolean;
}

/** Takes out the findings that comments hold back, and says what is wrong with the comments. */
export function applySuppressions(source: Source, findings: readonly Named[], context: SuppressContext): Suppressed {
  const suppressions = suppressionsOf(source);
  if (suppressions.length === 0) return { kept: findings, ignored: 0, notices: [] };
  const valid = suppressions.filter((one) => one.reason !== "" && isValid(one.until, context.today));
  const used = new Set<string>();
  const kept = findings.filter((finding) => {
    const holder = valid.find(
      (one) => one.rules.some(({ id }) => id === finding.rule) && covers(one.target, finding.span),
    );
    if (holder) used.add(`${holder.comment.start} ${finding.rule}`);
    return !holder;
  });
  const notices = suppressions.flatMap((one) => [...complaints(source.text, one, used, context)]);
  return { kept, ignored: findings.length - kept.length, notices };
}

const covers = (target: Span, span: Span): boolean => span.start >= target.start && span.start <= target.end;

const isValid = (until: string | undefined, today: string): boolean =>
  until === undefined || (isDate(until) && until >= today);

const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

function* complaints(
  text: string,
  { comment, rules, until, reason }: Suppression,
  used: ReadonlySet<string>,
  { today, knows, ran }: SuppressContext,
): Iterable<Finding & { readonly rule: NoticeId }> {
  const say = (rule: NoticeId, finding: Finding) => ({ ...finding, rule });
  const removal = removeComment(text, comment);
  if (rules.length === 0)
    yield say(
      "dakota/ignore-unknown",
      at(comment, "the comment names no rule", suggest("Remove the comment", removal)),
    );
  if (reason === "")
    yield say(
      "dakota/ignore-reason",
      at(
        comment,
        "the comment gives no reason, so it holds nothing back",
        snippet("Add a reason", addReason(text, comment)),
      ),
    );
  if (until !== undefined && !isDate(until))
    yield say(
      "dakota/ignore-expired",
      at(comment, `"${until}" is no date (YYYY-MM-DD), so the comment holds nothing back`),
    );
  else if (until !== undefined && until < today)
    yield say(
      "dakota/ignore-expired",
      at(comment, `the exception ended on ${until}`, suggest("Remove the comment", removal)),
    );
  const holds = reason !== "" && isValid(until, today);
  for (const { id, span } of rules) {
    if (!knows(id)) yield say("dakota/ignore-unknown", at(span, `no rule is called "${id}"`));
    else if (holds && ran(id) && !used.has(`${comment.start} ${id}`))
      yield say(
        "dakota/ignore-unused",
        rules.length === 1
          ? at(comment, `"${id}" finds nothing here`, fix("Remove the comment", removal))
          : at(span, `"${id}" finds nothing here`),
      );
  }
}

/** A comment alone on its line goes with the line, one behind code with the space before it. */
function removeComment(text: string, comment: Span): Edit {
  const line = lineSpan(text, comment.start);
  const before = text.slice(line.start, comment.start);
  if (before.trim() !== "") return remove({ start: line.start + before.trimEnd().length, end: comment.end });
  if (text.slice(comment.end, line.end).trim() !== "") return remove(comment);
  const next = text.startsWith("\r\n", line.end) ? 2 : line.end < text.length ? 1 : 0;
  return remove({ start: line.start, end: line.end + next });
}

/** Behind what the comment says; before the mark that closes it. */
function addReason(text: string, comment: Span): Edit {
  const said = text.slice(comment.start, comment.end);
  const end = comment.start + said.replace(/\s*(\*\/|-->)?\s*$/, "").replace(/\s*--$/, "").length;
  const dashes = /^\s*--/.test(text.slice(end)) ? "" : " --";
  const at = dashes ? end : end + (/^\s*--/.exec(text.slice(end))?.[0].length ?? 0);
  return insertAt(at, `${dashes} \${1:reason}`);
}

/** The comment that holds back a finding here, above the smallest statement around it; the reason is a placeholder. */
export function ignoreEdit(source: Source, rule: string, place: Span): Edit {
  let smallest: Span | undefined;
  for (const statement of source.statements)
    if (contains(statement, { start: place.start, end: place.start }))
      if (!smallest || statement.end - statement.start < smallest.end - smallest.start) smallest = statement;
  const anchor = smallest?.start ?? place.start;
  const line = lineSpan(source.text, anchor);
  const [open, close] = source.commentMarks ?? ["#", ""];
  const comment = `${open} ${word} ${rule} -- \${1:reason}${close}`;
  return insertAt(line.start, `${indentAt(source.text, anchor)}${comment}${lineEnd(source.text)}`);
}
