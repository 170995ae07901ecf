// A report for people at a terminal: a block a file, a line a finding, a summary at the end.

import { lineAt, lineStarts } from "../text.js";
import { countBySeverity, type Report, type ReportedFile } from "./report.js";

/** Plain text with a final line end. */
export function toText(report: Report): string {
  const blocks = report.judged.filter(({ findings }) => findings.length > 0).map(block);
  const left = report.notJudged.map(({ file, reason }) => `not judged: ${file}: ${reason}`);
  return [...blocks, ...(left.length > 0 ? [`${left.join("\n")}\n`] : []), `${summary(report)}\n`].join("\n");
}

function block({ file, text, findings }: ReportedFile): string {
  const starts = lineStarts(text);
  const rows = findings.map(({ span, severity, message, rule }) => {
    const line = lineAt(starts, span.start);
    return [`${line + 1}:${span.start - (starts[line] ?? 0) + 1}`, severity, message, rule] as const;
  });
  const width = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length));
  const [places, words] = [width(0), width(1)];
  const lines = rows.map(
    ([place, severity, message, rule]) => `  ${place.padStart(places)}  ${severity.padEnd(words)}  ${message}  ${rule}`,
  );
  return `${[file, ...lines].join("\n")}\n`;
}

function summary(report: Report): string {
  const counts = countBySeverity(report);
  const parts = Object.entries(counts).flatMap(([severity, count]) => (count > 0 ? [plural(count, severity)] : []));
  const found = parts.length > 0 ? parts.join(", ") : "No findings";
  const judged = `${found} in ${plural(report.judged.length, "judged file")}`;
  return report.notJudged.length > 0 ? `${judged}; ${report.notJudged.length} not judged` : judged;
}

const plural = (count: number, noun: string): string =>
  noun === "information" ? `${count} ${noun}` : `${count} ${noun}${count === 1 ? "" : "s"}`;
