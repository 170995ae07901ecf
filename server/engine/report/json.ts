// A report as JSON, version 1: lines and columns count from one, columns in UTF-16 units.

import { lineAt, lineStarts } from "../text.js";
import type { Report } from "./report.js";

/** One JSON document with a final line end. */
export function toJson({ judged, notJudged }: Report): string {
  const findings = judged.flatMap(({ file, text, findings }) => {
    const starts = lineStarts(text);
    const position = (offset: number) => {
      const line = lineAt(starts, offset);
      return [line + 1, offset - (starts[line] ?? 0) + 1] as const;
    };
    return findings.map(({ rule, severity, span, message, fixes }) => {
      const [line, column] = position(span.start);
      const [endLine, endColumn] = position(span.end);
      const offered = fixes.map(({ title, safe }) => ({ title, safe }));
      return { rule, severity, file, line, column, endLine, endColumn, message, fixes: offered };
    });
  });
  return `${JSON.stringify({ version: 1, files: judged.length, notJudged, findings }, null, 2)}\n`;
}
