// The phases of a protocol and the gates between them as a picture: a box a phase, a lock or a tick behind it. Colours are
// those of the editor's theme or, without one, of the page around it, set as attributes.

import type { PhaseProgress, Progress } from "../protocol/progress.js";
import type { PhaseState } from "../protocol/states.js";
import { escapeHtml } from "./html.js";
import { gateWord, stateWord } from "./words.js";

const colours = {
  text: "var(--vscode-editor-foreground, CanvasText)",
  faint: "var(--vscode-descriptionForeground, var(--faint))",
  line: "var(--vscode-contrastBorder, var(--vscode-editorWidget-border, #8c959f))",
  good: "var(--vscode-testing-iconPassed, var(--good))",
  warning: "var(--vscode-editorWarning-foreground, var(--warning))",
  current: "var(--vscode-focusBorder, var(--current))",
};

// All sizes in pixels.
const box = { width: 190, height: 112, gap: 76, radius: 6 };
const margin = 8;
/** Boxes in a row before the next row begins: the page is to be printed. */
const perRow = 3;
const rowHeight = box.height + 34;

/** One SVG element; empty for a protocol without phases. */
export function toPhasesSvg({ phases, currentPhase, protocol }: Progress): string {
  if (phases.length === 0) return "";
  const columns = Math.min(perRow, phases.length);
  const width = columns * (box.width + box.gap) + 2 * margin;
  const height = Math.ceil(phases.length / perRow) * rowHeight + 2 * margin;
  const label = `Phases of ${protocol.title}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(label)}" font-size="12">`,
    ...phases.map((phase, i) => phaseBox(phase, i, phase.number === currentPhase, i === phases.length - 1)),
    "</svg>",
  ].join("");
}

function phaseBox(phase: PhaseProgress, position: number, current: boolean, last: boolean): string {
  const x = margin + (position % perRow) * (box.width + box.gap);
  const y = margin + Math.floor(position / perRow) * rowHeight;
  const { number, title, state, done, total } = phase;
  const border = current ? colours.current : colours.line;
  const lines = wrapped(`${number}. ${title}`, 24).slice(0, 3);
  return [
    `<g><title>${escapeHtml(`Phase ${number}: ${title}, ${stateWord(state)}, ${done} of ${total} steps`)}</title>`,
    `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="${box.radius}" fill="none" stroke="${border}" stroke-width="${current ? 2 : 1}"${state === "not-started" ? ' stroke-dasharray="4 3"' : ""}/>`,
    ...lines.map((line, i) => text(x + 10, y + 20 + i * 16, line, { weight: 600 })),
    text(x + 10, y + 78, `${stateWord(state)} · ${done}/${total}`, { fill: fillOf(state) }),
    bar(x + 10, y + 90, box.width - 20, total === 0 ? 0 : done / total, fillOf(state)),
    phase.gate ? gate(phase, x + box.width, y, last) : "",
    "</g>",
  ].join("");
}

const fillOf = (state: PhaseState): string =>
  state === "passed" ? colours.good : state === "stale" ? colours.warning : colours.faint;

const bar = (x: number, y: number, width: number, share: number, fill: string): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="6" rx="3" fill="none" stroke="${colours.line}"/>` +
  (share > 0 ? `<rect x="${x}" y="${y}" width="${Math.round(width * share)}" height="6" rx="3" fill="${fill}"/>` : "");

/** A diamond on the way to the next phase: with a tick where it is passed, an exclamation mark where it is stale. */
function gate({ state, gate: answered }: PhaseProgress, x: number, y: number, last: boolean): string {
  const [cx, cy, half] = [x + box.gap / 2, y + box.height / 2 - 8, 13];
  const passed = state === "passed";
  const stroke = passed ? colours.good : state === "stale" ? colours.warning : colours.line;
  const mark = passed ? "✓" : state === "stale" ? "!" : answered?.answer === undefined ? "" : "✗";
  const word = answered ? gateWord(answered) : "";
  return [
    `<line x1="${x}" y1="${cy}" x2="${cx - half}" y2="${cy}" stroke="${colours.line}"/>`,
    last ? "" : `<line x1="${cx + half}" y1="${cy}" x2="${x + box.gap}" y2="${cy}" stroke="${colours.line}"/>`,
    `<path d="M${cx} ${cy - half}L${cx + half} ${cy}L${cx} ${cy + half}L${cx - half} ${cy}Z" fill="none" stroke="${stroke}" stroke-width="1.5"/>`,
    text(cx, cy + 4, mark, { anchor: "middle", fill: stroke === colours.line ? colours.faint : stroke, weight: 600 }),
    ...word.split(" · ").map((part, i) => text(cx, cy + half + 14 + i * 13, part, { anchor: "middle", size: 10 })),
  ].join("");
}

function text(
  x: number,
  y: number,
  content: string,
  options: { readonly fill?: string; readonly weight?: number; readonly anchor?: string; readonly size?: number } = {},
): string {
  if (content === "") return "";
  const { fill = colours.text, weight, anchor, size } = options;
  const more = [
    weight && ` font-weight="${weight}"`,
    anchor && ` text-anchor="${anchor}"`,
    size && ` font-size="${size}"`,
  ];
  return `<text x="${x}" y="${y}" fill="${fill}"${more.filter(Boolean).join("")}>${escapeHtml(content)}</text>`;
}

/** Lines of at most so many characters, broken between words. */
function wrapped(words: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
}
