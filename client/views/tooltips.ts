// The tooltips of the Phases tree: what a step asks for, what an output must hold, who answered a gate and where it is written.
import * as vscode from "vscode";
import { type EvidenceShown, findingsWord, gateWord, outputWord, stateWord, stepWord } from "../../server/messages.js";
import { lineOf, type Node } from "./nodes.js";
import { evidenceWord } from "./rows.js";

const { t } = vscode.l10n;

/** Texts of a protocol are shown as they are and never as markup: a team's own may hold anything. */
export function tooltipOf(node: Node): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  linesOf(node).forEach((line, index) => {
    if (index > 0) tooltip.appendMarkdown("\n\n");
    if (index > 0) tooltip.appendText(line);
    else tooltip.appendMarkdown("**").appendText(line).appendMarkdown("**");
  });
  return tooltip;
}

function linesOf(node: Node): readonly string[] {
  return [...factsOf(node), placeOf(node)].filter((line) => line !== "");
}

function factsOf(node: Node): readonly string[] {
  const { tracker } = node;
  switch (node.kind) {
    case "tracker":
      return [tracker.protocol.title, tracker.problem ?? ""];
    case "phase": {
      const { number, title, objective, state, done, total, fallen, open } = node.phase;
      return [
        t("Phase {0}: {1}", number, title),
        objective,
        t("{0}, {1} of {2} steps done", stateWord(state, t), done, total),
        ...fallen,
        open.length > 0 ? t("Open: {0}", open.join("; ")) : "",
      ];
    }
    case "step": {
      const { title, activities, checkpoint, state, evidence } = node.step;
      const shown = evidence.map(evidenceLine);
      return [title, activities, t("Checkpoint: {0} ({1})", checkpoint, stepWord(state, t)), ...shown];
    }
    case "evidence":
      return [evidenceLine(node.evidence)];
    case "findings":
      return [t("Findings of the phase's rules: {0}", findingsWord(node.findings, t))];
    case "output":
      return [node.output.file, outputWord(node.output, t), ...sectionsOf(node.output)];
    case "gate": {
      const { title, answers, by } = node.gate;
      return [
        title,
        gateWord(node.gate, t),
        ...node.phase.fallen,
        by ? t("Answered by {0}", by) : "",
        t("Answers: {0}", answers.join(", ")),
      ];
    }
  }
}

/** How many places a tooltip names. */
const named = 10;

function evidenceLine({ state, text, places }: EvidenceShown): string {
  const shown = places.slice(0, named).map(({ uri, line, what }) => {
    const file = `${vscode.workspace.asRelativePath(vscode.Uri.parse(uri))}:${line + 1}`;
    return what === "" ? file : `${file} ${what}`;
  });
  const more = places.length > named ? [t("and {0} more", places.length - named)] : [];
  return [`${evidenceWord(state)}: ${text}`, ...shown, ...more].join("\n");
}

function sectionsOf({ exists, sections, missing }: Extract<Node, { kind: "output" }>["output"]): readonly string[] {
  const lacking = exists ? missing : [];
  const named = lacking.length > 0 ? t("Missing: {0}", lacking.join(", ")) : "";
  return [t("Sections: {0}", sections.join(", ")), named];
}

function placeOf(node: Node): string {
  const file = vscode.workspace.asRelativePath(vscode.Uri.parse(node.tracker.uri));
  const line = lineOf(node);
  if (line !== undefined) return t("{0}, line {1}", file, line + 1);
  return node.kind === "step" ? t("{0} has no box for it yet; ticking adds it", file) : "";
}
