// A gate's sheet as HTML for a page of the editor: no script, no style, nothing loaded.

import type { GateSheet, SheetDetail, SheetRow } from "./gate.js";
import { escapeHtml } from "./html.js";
import { placeText, type ReportPlace } from "./places.js";

const words: Readonly<Record<NonNullable<SheetRow["state"]>, string>> = {
  done: "done",
  "in-progress": "in progress",
  open: "open",
  found: "found",
  missing: "missing",
  unknown: "unknown",
};

const marks: Readonly<Record<NonNullable<SheetRow["state"]>, string>> = {
  done: "✓",
  "in-progress": "◐",
  open: "○",
  found: "✓",
  missing: "✗",
  unknown: "?",
};

/**
 * The body of the page. @param address gives the address that a link to a file carries in `data-uri`
 */
export function toGateHtml({ protocol, state, summary, parts }: GateSheet, address: (path: string) => string): string {
  const sections = parts.map(
    ({ title, rows }) =>
      `<section><h2>${escapeHtml(title)}</h2><ul>${rows.map((row) => rowHtml(row, address)).join("")}</ul></section>`,
  );
  return `<p class="protocol">${escapeHtml(protocol)}</p><p class="summary ${state}">${escapeHtml(summary)}</p>${sections.join("")}`;
}

function rowHtml({ state, text, details = [] }: SheetRow, address: (path: string) => string): string {
  const mark = state
    ? `<span class="mark ${state}" role="img" aria-label="${words[state]}">${marks[state]}</span> `
    : "";
  const more = details.map((detail) => detailHtml(detail, address)).join("");
  return `<li${state ? ' class="marked"' : ""}>${mark}<span>${escapeHtml(text)}</span>${more}</li>`;
}

/** How many places are shown before the others are folded away. */
const shown = 5;

function detailHtml({ text, places = [] }: SheetDetail, address: (path: string) => string): string {
  const links = places.map((place) => link(place, address));
  const rest = links.slice(shown);
  const folded = rest.length > 0 ? `<details><summary>${rest.length} more</summary>${rest.join("")}</details>` : "";
  return `<div class="detail">${escapeHtml(text)}${links.slice(0, shown).join("")}${folded}</div>`;
}

const link = (place: ReportPlace, address: (path: string) => string): string =>
  `<a href="#" data-uri="${escapeHtml(address(place.path))}" data-line="${place.line}">${escapeHtml(placeText(place))}</a>`;
