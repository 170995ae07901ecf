// A stored secret in the place of one that is written out, as each dialect reads it. It has to be stored there first.

import type { Pipeline, Setting } from "../../languages/pipeline/model.js";
import { type Fix, remove, replace, suggest } from "../../rule.js";
import { type Edit, indentAt, lineSpan } from "../../text.js";

/** Reads the stored secret, or leaves the name to the variable that the platform keeps under it. */
export function storedInstead(pipeline: Pipeline, setting: Setting): readonly Fix[] {
  const { dialect, text } = pipeline;
  const { name, value, replaceable, kind } = setting;
  if (replaceable) {
    const stored = nameFor(name, dialect);
    const { start, end } = value.span;
    const quoted = dialect === "jenkins" && /^['"]$/.test(text[start - 1] ?? "") && text[end] === text[start - 1];
    if (dialect === "jenkins" && !quoted) return [];
    const place = quoted ? { start: start - 1, end: end + 1 } : value;
    return [suggest(`Read the stored secret "${stored}" instead`, replace(place, written[dialect](stored)))];
  }
  if (kind !== "variable" || dialect === "github" || dialect === "jenkins") return [];
  const edit = withoutLine(text, setting);
  return edit ? [suggest(`Leave "${name}" to a variable of the settings`, edit)] : [];
}

type Written = (name: string) => string;

const written: Readonly<Record<Pipeline["dialect"], Written>> = {
  github: (name) => `\${{ secrets.${name} }}`,
  gitlab: (name) => `$${name}`,
  azure: (name) => `$(${name})`,
  circleci: (name) => `$${name}`,
  jenkins: (name) => `credentials('${name}')`,
};

function nameFor(name: string, dialect: Pipeline["dialect"]): string {
  if (dialect === "azure") return name;
  if (dialect === "jenkins") return name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return name
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^(?=\d)|^GITHUB_/, "_");
}

/** Takes `NAME: value` out where it has a line of its own and others beside it: a list of none is no list. */
function withoutLine(text: string, { name, value }: Setting): Edit | undefined {
  const { start, end } = lineSpan(text, value.span.start);
  const indent = indentAt(text, start);
  const line = text.slice(start + indent.length, end);
  if (value.span.end > end || !line.startsWith(`${name}:`) || line.includes("#")) return undefined;
  const next = end + (text.startsWith("\r\n", end) ? 2 : 1);
  const isBeside = (at: number): boolean =>
    at >= 0 && at < text.length && indentAt(text, at) === indent && /^[\w.-]+:/.test(text.slice(at + indent.length));
  const before = start > 0 ? lineSpan(text, start - 1).start : -1;
  return isBeside(before) || isBeside(next) ? remove({ start, end: Math.min(next, text.length) }) : undefined;
}
