// The tooltips of the Phases tree: what a step asks for, what an output must hold, who answered a gate and where it is written.
import * as vscode from "vscode";
import { lineOf, type Node } from "./nodes.js";
import { gateWord, outputWord, stateWord, stepWord } from "./rows.js";

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
      const { number, title, objective, state, done, total } = node.phase;
      return [
        t("Phase {0}: {1}", number, title),
        objective,
        t("{0}, {1} of {2} steps done", stateWord(state), done, total),
      ];
    }
    case "step": {
      const { title, activities, checkpoint, state } = node.step;
      return [title, activities, t("Checkpoint: {0} ({1})", checkpoint, stepWord(state))];
    }
    case "output":
      return [node.output.file, outputWord(node.output), ...sectionsOf(node.output)];
    case "gate": {
      const { title, answers, by } = node.gate;
      return [title, gateWord(node.gate), by ? t("Answered by {0}", by) : "", t("Answers: {0}", answers.join(", "))];
    }
  }
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
