// A new runbook for an alert: the sections that every runbook has, and what each is for.

import type { Alert } from "../../languages/prometheus/model.js";

/** The text of a runbook, to be filled in. */
export function runbookText({ name, expression }: Alert): string {
  const alert = name.state === "set" ? name.value : "the alert";
  const condition = expression ? ["", "```promql", expression.text.trim(), "```"] : [];
  return [
    `# Runbook: ${alert}`,
    "",
    "## Trigger",
    "",
    `- **Alert**: ${alert}`,
    "- **What users notice**: <!-- the symptom, in their words -->",
    ...condition,
    "",
    ...sections.flatMap(([title, about]) => [`## ${title}`, "", `<!-- ${about} -->`, ""]),
  ].join("\n");
}

const sections: readonly (readonly [title: string, about: string])[] = [
  ["Triage", "what to look at first: dashboard, logs, recent changes"],
  ["Mitigation", "the quickest step that brings the service back, then the next one"],
  ["Rollback", "when to roll back, and the command that does it"],
  ["Escalation", "who is called next, after how many minutes, and how"],
  ["Verification", "how to see that the service is well again"],
];
