// The report on the protocols of a workspace: one page that needs nothing else, to be read, printed or sent.

import type { Evidence } from "../protocol/model.js";
import type { PhaseProgress } from "../protocol/progress.js";
import { doneOf, type Run } from "../protocol/runs.js";
import { type DebtItem, debts } from "./debts.js";
import { escapeHtml } from "./html.js";
import { toPhasesSvg } from "./phases-svg.js";
import { placesText } from "./places.js";
import { outputState, type Standing, type StatusReport } from "./standing.js";
import { findingsWord, gateWord, outputWord, stateWord } from "./words.js";

export interface ProtocolReport extends StatusReport {
  /** What the report is about: the name of a folder or repository. */
  readonly title: string;
  /** The day it was made, as ISO date. */
  readonly date: string;
  readonly runs: readonly (Run & { readonly path: string })[];
}

/**
 * A whole page. @param nonce lets a page with a strict policy use its style; without one the page is for a browser
 */
export function toProtocolHtml(report: ProtocolReport, nonce?: string): string {
  const { title, date, standings, unreadable } = report;
  const policy = `default-src 'none'; style-src ${nonce === undefined ? "'unsafe-inline'" : `'nonce-${nonce}'`}`;
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="faint">Protocol report of ${escapeHtml(date)}</p>`,
    ...standings.map(standingHtml),
    ...unreadable.map(
      ({ path, problem }) => `<p class="warning"><code>${escapeHtml(path)}</code>: ${escapeHtml(problem)}</p>`,
    ),
    ...(standings.length + unreadable.length === 0 ? ["<p>No tracker was found.</p>"] : []),
    runsHtml(report),
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(`${title}: protocol report`)}</title>
<style${nonce === undefined ? "" : ` nonce="${nonce}"`}>${style}</style>
</head>
<body>
<main>
${body.filter((part) => part !== "").join("\n")}
</main>
</body>
</html>
`;
}

function standingHtml(standing: Standing): string {
  const { path, protocol, progress } = standing;
  const head = `<h2>${escapeHtml(protocol.title)}</h2><p class="faint"><code>${escapeHtml(path)}</code></p>`;
  if (progress.problem !== undefined)
    return `<section>${head}<p class="warning">${escapeHtml(progress.problem)}</p></section>`;
  return `<section>${head}
<figure>${toPhasesSvg(progress)}</figure>
${table(["Phase", "State", "Steps", "Output document", "Findings", "Gate"], progress.phases.map(phaseCells))}
<h3>What is open, and who owes it</h3>
${debtsHtml(debts(standing))}
<h3>Findings by phase and rule</h3>
${findingsHtml(progress.phases)}
<h3>Steps and their evidence</h3>
${progress.phases.map(stepsHtml).join("\n")}
</section>`;
}

function phaseCells(phase: PhaseProgress): readonly string[] {
  const { number, title, state, done, total, output, findings, gate, fallen } = phase;
  return [
    escapeHtml(`${number}. ${title}`),
    `<span class="${state}">${stateWord(state)}</span>${fallen.map((reason) => `<br><small>${withDates(reason)}</small>`).join("")}`,
    `${done}/${total}`,
    output
      ? `${escapeHtml(outputWord(outputState(output)))}<br><small>${escapeHtml(output.file)}</small>`
      : "none asked for",
    findings ? escapeHtml(findingsWord(findings)) : namesRules(phase) ? "not judged yet" : "no rules named",
    gate ? withDates(gateWord(gate)) + (gate.by ? `<br><small>${escapeHtml(gate.by)}</small>` : "") : "none",
  ];
}

/** Whether files of the phase, or of one of its steps, have to be clean. */
const namesRules = ({ evidence, steps }: PhaseProgress): boolean =>
  [evidence, ...steps.map((step) => step.evidence)].flat().some((one) => usesRules(one.evidence));

const usesRules = (evidence: Evidence): boolean =>
  evidence.kind === "rules-clean" || (evidence.kind === "all" && evidence.of.some(usesRules));

function debtsHtml(items: readonly DebtItem[]): string {
  if (items.length === 0) return "<p>Nothing is open.</p>";
  const rows = items.map(({ phase, what, owner }) => [
    String(phase),
    escapeHtml(what),
    owner === undefined ? '<span class="faint">nobody is named</span>' : escapeHtml(owner),
  ]);
  return table(["Phase", "Open", "Owed by"], rows);
}

function findingsHtml(phases: readonly PhaseProgress[]): string {
  const judged = phases.filter(({ findings }) => findings !== undefined);
  if (judged.length === 0)
    return phases.some(namesRules) ? "<p>Not every file has been judged yet.</p>" : "<p>No phase names rules.</p>";
  const rows = judged.flatMap(({ number, findings }) =>
    (findings?.byRule ?? []).map(({ rule, severity, count, files }) => [
      String(number),
      `<code>${escapeHtml(rule)}</code>`,
      severity,
      String(count),
      String(files),
    ]),
  );
  return rows.length === 0
    ? "<p>The rules of all phases find nothing.</p>"
    : table(["Phase", "Rule", "Severity", "Findings", "Files"], rows);
}

function stepsHtml({ number, title, steps }: PhaseProgress): string {
  const rows = steps.map(({ title: name, checkpoint, state, evidence, shown }) => {
    const told = evidence.filter((one) => one.state === shown && shown !== "unknown");
    const lines = told.map(({ text, places }) =>
      escapeHtml([text, placesText(places)].filter((one) => one !== "").join(": ")),
    );
    return [
      escapeHtml(name),
      escapeHtml(checkpoint),
      state === "done" ? "✓ done" : state === "open" ? "open" : "in progress",
      lines.join("<br>"),
    ];
  });
  return `<h4>${escapeHtml(`${number}. ${title}`)}</h4>${table(["Step", "Checkpoint", "State", "In the workspace"], rows)}`;
}

function runsHtml({ runs }: ProtocolReport): string {
  if (runs.length === 0) return "";
  const rows = runs.map((run) => [
    escapeHtml(run.checklist.title),
    `<code>${escapeHtml(run.path)}</code>`,
    `${doneOf(run)}/${run.points.length}`,
    withDates(run.started?.slice(0, 10) ?? ""),
    run.by === undefined ? '<span class="faint">nobody is named</span>' : escapeHtml(run.by),
  ]);
  return `<section><h2>Checklists and workflows in use</h2>${table(["List", "Document", "Done", "Started", "Owed by"], rows)}</section>`;
}

/** As HTML in which no date is broken at its hyphens. */
const withDates = (text: string): string =>
  escapeHtml(text).replace(/\b\d{4}-\d{2}-\d{2}\b/g, '<span class="date">$&</span>');

/** Cells are HTML. */
function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = headers.map((header) => `<th scope="col">${escapeHtml(header)}</th>`).join("");
  const lines = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>${lines.join("")}</tbody></table>`;
}

const style = `
:root { color-scheme: light dark; --faint: #59636e; --warning: #9a6700; --good: #1a7f37; --current: #0969da; }
@media (prefers-color-scheme: dark) { :root { --faint: #9198a1; --warning: #d29922; --good: #3fb950; --current: #4493f8; } }
body { margin: 0; font: 14px/1.5 var(--vscode-font-family, system-ui, sans-serif); color: var(--vscode-editor-foreground, CanvasText); background: var(--vscode-editor-background, Canvas); }
main { max-width: 920px; margin: 0 auto; padding: 24px; }
h1 { font-size: 1.7em; margin: 0; } h2 { font-size: 1.3em; margin: 32px 0 0; } h3 { font-size: 1.05em; margin: 24px 0 6px; } h4 { margin: 16px 0 4px; }
.date { white-space: nowrap; } .faint, small { color: var(--vscode-descriptionForeground, var(--faint)); } p.faint { margin: 0 0 12px; }
.warning, .stale { color: var(--vscode-editorWarning-foreground, var(--warning)); } .passed { color: var(--vscode-testing-iconPassed, var(--good)); }
figure { margin: 12px 0 16px; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 4px 10px 4px 0; border-bottom: 1px solid var(--vscode-editorWidget-border, #8c959f55); }
th { font-weight: 600; white-space: nowrap; } td { overflow-wrap: anywhere; } code { font-family: var(--vscode-editor-font-family, ui-monospace, monospace); font-size: 0.92em; }
@media print { main { max-width: none; padding: 0; } table, figure { break-inside: auto; } tr, svg, h2, h3, h4 { break-inside: avoid; } h2, h3, h4 { break-after: avoid; } figure svg { max-width: 100%; height: auto; } }
`;
