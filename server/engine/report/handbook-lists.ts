// A checklist, workflow or scenario as lines to read.

import type { Checklist, TimeLimit } from "../protocol/model.js";

/** Markdown lines under a heading of the third level. */
export function checklistLines({ title, section, trigger, steps, output = [] }: Checklist): readonly string[] {
  return [
    `### ${title}`,
    "",
    ...[section === title ? "" : section, trigger ?? ""].filter((one) => one !== "").flatMap((one) => [one, ""]),
    ...steps.flatMap((step, i) => [
      `${i + 1}. ${marked(step)}${step.lasts ? ` *(${limitText(step.lasts)})*` : ""}`,
      ...step.items.map((item) => `   - ${marked(item)}`),
    ]),
    ...(output.length > 0 ? ["", `**Output**: ${output.join(", ")}`] : []),
  ];
}

/** Its title, with the limit and the one who acts where the title does not name them. */
function marked(point: { readonly title: string; readonly within?: TimeLimit; readonly owner?: string }): string {
  const { title, within, owner } = point;
  const said = [within ? limitText(within) : "", owner ?? ""].filter(
    (one) => one !== "" && !title.toLowerCase().includes(one.toLowerCase()),
  );
  return said.length > 0 ? `${title} *(${said.join(", ")})*` : title;
}

const limitText = ({ text, when }: TimeLimit): string => (when === undefined ? text : `${when}: ${text}`);
