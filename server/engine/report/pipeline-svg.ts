// The picture of a pipeline as SVG: a lane a stage, from top to bottom in their order, with a card a job. Colours are those
// of the editor's theme with fallbacks, set as attributes, so that it needs neither styles nor scripts.

import { escapeHtml } from "./html.js";
import type { JobSketch, PipelineSketch, StageSketch } from "./pipeline.js";
import { detailsOf, headOf, stateIn, summaryOf, toPipelineText } from "./pipeline-text.js";

const colours = {
  text: "var(--vscode-editor-foreground, #1f2328)",
  faint: "var(--vscode-descriptionForeground, #57606a)",
  paper: "var(--vscode-editor-background, #ffffff)",
  card: "var(--vscode-editorWidget-background, #f6f8fa)",
  line: "var(--vscode-contrastBorder, var(--vscode-editorWidget-border, #8c959f))",
  missing: "var(--vscode-editorWarning-foreground, #9a6700)",
};
const font = "var(--vscode-font-family, system-ui, sans-serif)";

// All sizes in pixels.
const labels = 184;
const card = { width: 300, gap: 12, line: 17, padding: 10 };
const perRow = 2;
const width = labels + perRow * (card.width + card.gap) + 12;
const top = 64;
const laneGap = 12;
/** Cards in a lane before the rest is only counted: a picture of hundreds shows nothing. */
const mostCards = 24;
/** Characters of a line of a card: about what fits with a wide font. */
const lineLength = 40;

/** One SVG element. @param file as it is to be shown */
export function toPipelineSvg(sketch: PipelineSketch, file: string): string {
  const lanes: string[] = [];
  let y = top;
  for (const [i, stage] of sketch.stages.entries()) {
    const lane = laneAt(y, stage);
    const next = sketch.stages[i + 1];
    const joined = next !== undefined && next.stage !== "other";
    lanes.push(lane.svg, joined ? arrow(y + lane.height, laneGap) : "");
    y += lane.height + laneGap;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" role="img" aria-labelledby="title description" font-family="${font}" font-size="13">`,
    `<title id="title">${escapeXml(headOf(sketch, file))}</title>`,
    `<desc id="description">${escapeXml(toPipelineText(sketch, file))}</desc>`,
    text(12, 24, clip(headOf(sketch, file), 100), { weight: 600 }),
    text(12, 44, clip(summaryOf(sketch), 110), { fill: colours.faint }),
    ...lanes,
    "</svg>",
  ].join("");
}

interface Drawn {
  readonly svg: string;
  readonly height: number;
}

function laneAt(y: number, stage: StageSketch): Drawn {
  const cards = cardsOf(stage);
  const drawn: string[] = [];
  let at = y;
  for (let i = 0; i < cards.length; i += perRow) {
    const row = cards.slice(i, i + perRow);
    const height = Math.max(...row.map(({ lines }) => lines.length)) * card.line + 2 * card.padding - 3;
    for (const [column, one] of row.entries())
      drawn.push(cardAt(labels + column * (card.width + card.gap), at, height, one));
    at += height + card.gap;
  }
  const height = at - card.gap - y;
  return { svg: `<g>${label(y, height, stage)}${drawn.join("")}</g>`, height };
}

function label(y: number, height: number, { stage, state }: StageSketch): string {
  const missing = state === "missing";
  return [
    `<rect x="12" y="${y}" width="${labels - 24}" height="${height}" rx="4" fill="none" stroke="${missing ? colours.missing : colours.line}"${missing ? dashes : ""}/>`,
    text(24, y + 21, stage, { weight: 600, ...(state === "absent" && { fill: colours.faint }) }),
  ].join("");
}

const dashes = ' stroke-dasharray="6 4" stroke-width="2"';

interface Card {
  readonly title: string;
  readonly lines: readonly string[];
  readonly kind: "job" | "missing" | "note";
}

function cardsOf(stage: StageSketch): readonly Card[] {
  const state = stateIn(stage);
  const missing = stage.state === "missing";
  const shown = stage.jobs.slice(0, mostCards);
  const left = stage.jobs.length - shown.length;
  return [
    ...(state === "" ? [] : [{ title: state, lines: wrapped(state), kind: missing ? "missing" : "note" } as const]),
    ...shown.map(jobCard),
    ...(left > 0 ? [{ title: "", lines: [`and ${left} more`], kind: "note" } as const] : []),
  ];
}

function jobCard(job: JobSketch): Card {
  const lines = [job.id, ...detailsOf(job)];
  return { title: lines.join("\n"), lines: lines.map((line) => clip(line, lineLength)), kind: "job" };
}

function cardAt(x: number, y: number, height: number, { title, lines, kind }: Card): string {
  const written = lines.map((line, i) => {
    const first = i === 0 && kind !== "note";
    const style = first ? { weight: 600 } : { fill: colours.faint };
    return text(x + 12, y + card.padding + 12 + i * card.line, line, style);
  });
  const frame = `<rect x="${x}" y="${y}" width="${card.width}" height="${height}" rx="4" ${frames[kind]}/>`;
  return `<g>${title === "" ? "" : `<title>${escapeXml(title)}</title>`}${frame}${written.join("")}</g>`;
}

const frames: Readonly<Record<Card["kind"], string>> = {
  job: `fill="${colours.card}" stroke="${colours.line}"`,
  missing: `fill="${colours.paper}" stroke="${colours.missing}"${dashes}`,
  note: 'fill="none" stroke="none"',
};

/** From one label down to the next. */
const arrow = (y: number, length: number): string => {
  const x = labels / 2;
  return `<path d="M${x} ${y}v${length}m-4 -5l4 5l4 -5" fill="none" stroke="${colours.faint}"/>`;
};

function text(x: number, y: number, words: string, { fill = colours.text, weight = 400 } = {}): string {
  return `<text x="${x}" y="${y}" fill="${fill}" font-weight="${weight}">${escapeXml(words)}</text>`;
}

const clip = (words: string, length: number): string => {
  const letters = [...words];
  return letters.length > length ? `${letters.slice(0, length - 1).join("")}…` : words;
};

/** Lines of whole words; a word longer than a line is cut. */
function wrapped(words: string): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= lineLength) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(clip(word, lineLength));
  }
  return lines;
}

/** Text as content of an element or value of an attribute; what XML cannot hold becomes the replacement character. */
export const escapeXml = (words: string): string =>
  escapeHtml(words.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "\ufffd"));
