// Matrix values that are written out, and what images become by them.

import type { Span } from "../../text.js";
import { entriesAt, itemsAt, type YamlNode, type YamlScalar } from "../yaml/model.js";
import type { ImageUse, Text } from "./model.js";

/** Values by their path below `matrix`: `image`, `db.image`. A path with a value that is not written out is absent. */
export type Matrix = ReadonlyMap<string, readonly Text[]>;

/** How many values a job's matrix may have in all; more are not looked at. */
const maximumValues = 1_000;

/** Reads `strategy.matrix` of GitHub: lists under names, and the maps under `include`. */
export function matrixOf(node: YamlNode | undefined): Matrix {
  const matrix = new Map<string, Text[]>();
  let left = maximumValues;
  const add = (path: string, value: YamlNode): void => {
    if (left-- <= 0) return;
    if (value.type === "map") for (const entry of value.entries) add(`${path}.${entry.key.text}`, entry.value);
    else if (value.type === "scalar" && !value.text.includes("${{"))
      matrix.set(path, [...(matrix.get(path) ?? []), { text: value.text, span: value.span }]);
  };
  for (const { key, value } of entriesAt(node)) {
    if (key.text === "exclude") continue;
    if (key.text !== "include") for (const item of itemsAt(value)) add(key.text, item);
    else for (const item of itemsAt(value)) for (const entry of entriesAt(item)) add(entry.key.text, entry.value);
  }
  return matrix;
}

/** An image once for every matrix value in it; with several of them, each for itself while the others stay unknown. */
export function imagesOf(kind: ImageUse["kind"], image: YamlScalar | undefined, matrix: Matrix): readonly ImageUse[] {
  if (!image) return [];
  const written: ImageUse = { text: image.text, span: contentSpan(image), kind };
  const places = [...image.text.matchAll(/\$\{\{\s*matrix\.([\w.-]+)\s*\}\}/g)].slice(0, 5);
  const expanded = places.flatMap(([expression, path = ""]) =>
    (matrix.get(path) ?? []).map(
      ({ text, span }): ImageUse => ({
        text: image.text.replace(expression, () => text),
        span,
        kind,
        from: `matrix.${path}`,
      }),
    ),
  );
  return expanded.length > 0 ? expanded : [written];
}

/** The content of a scalar without its quotes. */
export const contentSpan = ({ style, span }: YamlScalar): Span =>
  style === "quoted" ? { start: span.start + 1, end: Math.max(span.start + 1, span.end - 1) } : span;
