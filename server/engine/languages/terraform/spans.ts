// An expression at other places: those of a JSON file, where escapes move what stands behind them, and those of a block
// that another file changes.

import type { Span } from "../../text.js";
import type { Expression } from "./model.js";

/** The expression with every span replaced, and marked with the file that it comes from, where that is another one. */
export function moveSpans(value: Expression, to: (span: Span) => Span, origin?: string): Expression {
  const span = to(value.span);
  const move = (inner: Expression): Expression => moveSpans(inner, to, origin);
  const from = origin === undefined ? {} : { origin };
  switch (value.kind) {
    case "literal":
      return { ...value, ...from, span, content: to(value.content) };
    case "template":
      return { ...value, ...from, span, content: to(value.content), parts: value.parts.map(move) };
    case "list":
      return { ...value, span, items: value.items.map(move) };
    case "map":
      return {
        ...value,
        span,
        entries: value.entries.map((entry) => ({
          ...entry,
          keySpan: to(entry.keySpan),
          value: move(entry.value),
          span: to(entry.span),
        })),
      };
    case "call":
      return { ...value, span, args: value.args.map(move) };
    case "conditional":
      return { ...value, span, whenTrue: move(value.whenTrue), whenFalse: move(value.whenFalse) };
    default:
      return { ...value, span };
  }
}
