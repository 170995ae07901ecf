// A gate's sheet for people at a terminal.

import type { GateSheet, SheetRow } from "./gate.js";
import { placesText } from "./places.js";
import { stepMarks } from "./words.js";

const marks: Readonly<Record<NonNullable<SheetRow["state"]>, string>> = {
  ...stepMarks,
  found: "[x]",
  missing: "[ ]",
  unknown: "[?]",
};

/** Plain text with a final line end. */
export function toGateText({ title, protocol, summary, parts }: GateSheet): string {
  const blocks = parts.map((part) => [part.title, ...part.rows.flatMap(rowLines)].join("\n"));
  return `${[`${title}\n${protocol}\n\n${summary}`, ...blocks].join("\n\n")}\n`;
}

function rowLines({ state, text, details = [] }: SheetRow): readonly string[] {
  const mark = state === undefined ? "-" : marks[state];
  const indent = " ".repeat(mark.length + 3);
  const said = details.map((detail) => [detail.text, placesText(detail.places ?? [])].filter((one) => one !== ""));
  return [`  ${mark} ${text}`, ...said.filter(({ length }) => length > 0).map((one) => `${indent}${one.join(": ")}`)];
}
