// Trackers as somebody might have written them, the same one for the same seed.

import { readFileSync } from "node:fs";
import { isTracked, type TrackedProtocol } from "../../../server/engine/protocol/model.js";
import { readProtocol } from "../../../server/engine/protocol/read.js";
import { trackerText } from "../../../server/engine/protocol/template.js";
import { dop } from "./dop.js";

/** Another protocol, whose tracker may stand in the same file. */
export const master = load("master.yaml");

function load(file: string): TrackedProtocol {
  const { protocol } = readProtocol(readFileSync(new URL(`../../../protocols/${file}`, import.meta.url), "utf8"));
  if (!protocol || !isTracked(protocol)) throw new Error(`${file} has no tracker`);
  return protocol;
}

/** A linear congruential generator (constants of Numerical Recipes). */
function createRandom(seed: number) {
  let state = seed;
  const below = (most: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const pick = <T>(choices: readonly [T, ...T[]]): T => choices[below(choices.length)] ?? choices[0];
  return { below, pick };
}

type Random = ReturnType<typeof createRandom>;
type Texts = readonly [string, ...string[]];

const noise: Texts = [
  "",
  "Some text with a | pipe, `code | here` and <!-- a comment -->.",
  "```md\n### DOP Phase Tracker\n- [ ] Requirements documented\n```",
  "~~~\n- [x] Cost model prepared\n~~~",
  "<!--\n- [ ] Metrics collected\n-->",
  "> - [ ] Dashboards published\n> | 1 | x | ✅ Complete |",
  "1. one\n2. two\n   - [ ] three\n     1. [x] four",
  "| Other | Table |\n|:--|--:|\n| 1 | ✅ Complete |",
  "Ünïcödé 👩🏽‍💻 â³ âœ… \u00a0 text",
  "<details>\n<summary>- [ ] Runbooks documented</summary>\n\n</details>",
  "Trailing spaces  \nand\ta tab\t",
];

const statuses: Texts = [
  "❌ Not Started",
  "⏳ In Progress",
  "in progress",
  "âŒ Not Started",
  "✅\uFE0F Complete",
  "â³",
  "âœ… Complete",
  "NOT STARTED",
];

/** Every phase has a row with a status, every step has a box; gate log, other trackers and other text may be there. */
export function generate(seed: number): string {
  const random = createRandom(seed);
  const { below, pick } = random;
  const level = 1 + below(5);
  const start: Texts = ["", "# Our project\n", "\uFEFF# Mark\n", "---\ntitle: - [ ] x\n---\n"];
  const other = trackerText(master).trimEnd();
  const lines = [
    pick(start),
    pick(noise),
    "",
    ...(below(4) === 0 ? [other, ""] : []),
    `${"#".repeat(level)} ${pick(["DOP Phase Tracker", "**DOP Phase Tracker**", "dop phase tracker"])}`,
    "",
    ...tableLines(random),
    ...dop.phases.flatMap((_, at) => phaseLines(random, at, level)),
    ...(below(3) === 0 ? [] : logLines(random, level)),
    "",
    ...(below(4) === 0 ? [other, ""] : []),
    `${"#".repeat(level)} Afterwards`,
    "",
    pick(noise),
    pick(["", "- [ ] Requirements documented"]),
    pick(["", "\n", "The end"]),
  ];
  return lines.join("\n").replaceAll("\n", pick(["\n", "\r\n"]));
}

function rowLine({ pick }: Random, ...cells: readonly string[]): string {
  const pad = () => pick(["", " ", " ", "  ", "\t", "     "]);
  return `|${cells.map((cell) => `${pad()}${cell}${pad()}`).join("|")}|${pick(["", "", "", "  "])}`;
}

function tableLines(random: Random): readonly string[] {
  const { pick } = random;
  const notes: Texts = ["", "a \\| b", "✅ Complete", "- [ ] x"];
  return [
    rowLine(random, "Phase", "Title", "Status", "Notes"),
    pick(["|---|---|---|---|", "| :- | - | -: |:-:|"]),
    ...dop.phases.map(({ number, trackerTitle }) =>
      rowLine(random, pick([`${number}`, `Phase ${number}`]), trackerTitle, pick(statuses), pick(notes)),
    ),
  ];
}

function phaseLines({ below, pick }: Random, at: number, level: number): readonly string[] {
  const { number = 0, title = "", steps = [] } = dop.phases[at] ?? {};
  const lines = ["", pick(noise), "", `${"#".repeat(level + 1)} Phase ${number}${pick([":", " –", ""])} ${title}`, ""];
  const [marker, indent, gap] = [pick(["-", "*", "+", "1."]), pick(["", "", " ", "  "]), pick([" ", "  ", "\t"])];
  for (const { checkpoint } of steps) {
    const text = pick([checkpoint, checkpoint.toUpperCase(), `**${checkpoint}**`, `${checkpoint} (REQ-1)`]);
    lines.push(`${indent}${marker}${gap}[${pick([" ", "x", "X", "-"])}] ${text}${pick(["", "", "  "])}`);
    const inner = `${indent}${marker === "1." ? "    " : "\t"}`;
    if (below(4) === 0) lines.push(`${inner}- [ ] sub-task`, `${inner}- [x] ${pick(["another", "note | pipe"])}`);
  }
  return lines;
}

function logLines(random: Random, level: number): readonly string[] {
  const { pick } = random;
  const rows: Texts = [
    "",
    rowLine(random, "2025-01-01", "1", "No", "kim", ""),
    "| | 1 | | | |\n| | 2 | | | |\n| | 4 | | | |",
    `${rowLine(random, "2025-01-01", "3", "Yes", "lee", "all")}\n${rowLine(random, "2025-01-02", "1", "Clarify", "", "why?")}`,
  ];
  return [
    "",
    `${"#".repeat(level + 1)} Gate Log`,
    "",
    rowLine(random, "Date", "Phase", "Answer", "By", "Evidence"),
    "|-|-|-|-|-|",
    ...[pick(rows)].filter((row) => row !== ""),
  ];
}
