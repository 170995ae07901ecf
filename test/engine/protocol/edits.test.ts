// Edits of trackers touch their own bytes and no others, in whatever form the file is.

import { expect, test } from "vitest";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import { answerGate, type Change, completeTracker, setStatus, setStep } from "../../../server/engine/protocol/edits.js";
import { type StatusMeaning, statusMeanings, stepId } from "../../../server/engine/protocol/model.js";
import { readProgress } from "../../../server/engine/protocol/progress.js";
import { trackerText } from "../../../server/engine/protocol/template.js";
import { findTracker } from "../../../server/engine/protocol/tracker.js";
import { applyEdits } from "../../../server/engine/text.js";
import { bareTracker, dop, trackerIn } from "./dop.js";

const apply = (text: string, { edits }: Change): string => applyEdits(text, edits);

/** The same numbers for the same seed: a linear congruential generator (constants of Numerical Recipes). */
function createRandom(seed: number) {
  let state = seed;
  const below = (most: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const pick = <T>(choices: readonly [T, ...T[]]): T => choices[below(choices.length)] ?? choices[0];
  return { below, pick };
}

const noise: readonly [string, ...string[]] = [
  "",
  "Some text with a | pipe, `code | here` and <!-- a comment -->.",
  "```md\n### DOP Phase Tracker\n- [ ] Requirements documented\n```",
  "~~~\n- [x] Cost model prepared\n~~~",
  "<!--\n- [ ] Metrics collected\n-->",
  "> - [ ] Dashboards published\n> | 1 | x | ✅ Complete |",
  "1. one\n2. two",
  "| Other | Table |\n|:--|--:|\n| 1 | ✅ Complete |",
  "Ünïcödé 👩🏽‍💻 â³ âœ… \u00a0 text",
  "<details>\n<summary>- [ ] Runbooks documented</summary>\n\n</details>",
  "Trailing spaces  \nand\ta tab",
];

/** A tracker as somebody might have written it; every step has a box. */
function generate(seed: number): string {
  const { below, pick } = createRandom(seed);
  const pad = () => pick(["", " ", " ", "  ", "\t", "     "]);
  const row = (...cells: readonly string[]) => `|${cells.map((cell) => `${pad()}${cell}${pad()}`).join("|")}|`;
  const statuses: readonly [string, ...string[]] = [
    "❌ Not Started",
    "⏳ In Progress",
    "in progress",
    "âŒ Not Started",
    "✅\uFE0F Complete",
    "â³",
    "âœ… Complete",
    "NOT STARTED",
  ];
  const level = 1 + below(5);
  const lines = [pick(["", "# Our project\n", "\uFEFF# Mark\n", "---\ntitle: - [ ] x\n---\n"]), pick(noise), ""];
  lines.push(`${"#".repeat(level)} ${pick(["DOP Phase Tracker", "**DOP Phase Tracker**", "dop phase tracker"])}`, "");
  lines.push(row("Phase", "Title", "Status", "Notes"), pick(["|---|---|---|---|", "| :- | - | -: |:-:|"]));
  for (const phase of dop.phases)
    lines.push(
      row(
        pick([`${phase.number}`, `Phase ${phase.number}`]),
        phase.trackerTitle,
        pick(statuses),
        pick(["", "a \\| b", "✅ Complete", "- [ ] x"]),
      ),
    );
  for (const phase of dop.phases) {
    lines.push(
      "",
      pick(["", pick(noise)]),
      "",
      `${"#".repeat(level + 1)} Phase ${phase.number}${pick([":", " –", ""])} ${phase.title}`,
      "",
    );
    const [marker, indent] = [pick(["-", "*", "+", "1."]), pick(["", "", " ", "  "])];
    const gap = pick([" ", "  ", "\t"]);
    for (const step of phase.steps) {
      const text = pick([
        step.checkpoint,
        step.checkpoint.toUpperCase(),
        `**${step.checkpoint}**`,
        `${step.checkpoint} (REQ-1)`,
      ]);
      lines.push(`${indent}${marker}${gap}[${pick([" ", "x", "X", "-"])}] ${text}`);
      const inner = `${indent}${marker === "1." ? "    " : "\t"}`;
      if (below(4) === 0) lines.push(`${inner}- [ ] sub-task`, `${inner}- [x] ${pick(["another", "note | pipe"])}`);
    }
  }
  if (below(2) === 0)
    lines.push(
      "",
      `${"#".repeat(level + 1)} Gate Log`,
      "",
      row("Date", "Phase", "Answer", "By", "Evidence"),
      "|-|-|-|-|-|",
      row("2025-01-01", "1", "No", "kim", ""),
    );
  lines.push("", `${"#".repeat(level)} Afterwards`, "", pick(noise), pick(["", "- [ ] Requirements documented"]));
  return lines.join("\n").replaceAll("\n", pick(["\n", "\r\n"]));
}

const seeds = Array.from({ length: 240 }, (_, seed) => seed);

test("the generated trackers differ and cover what they are for", () => {
  const texts = seeds.map(generate);
  expect(new Set(texts).size).toBe(seeds.length);
  for (const part of ["\r\n", "\t", "âŒ", "```", "\uFEFF", "[-]", "1.\t[", "Gate Log"])
    expect(texts.filter((text) => text.includes(part)).length, part).toBeGreaterThan(10);
});

test("every tick and untick changes one character, and unticking restores the file", () => {
  let ticks = 0;
  for (const seed of seeds) {
    const text = generate(seed);
    const tracker = trackerIn(text);
    for (const { phase, boxes } of tracker.phases) {
      phase.steps.forEach((step, i) => {
        const box = boxes[i]?.box;
        const id = stepId(dop, phase, i);
        if (!box) throw new Error(`seed ${seed}: no box for ${id}`);
        expect(text.slice(box.end + 2, box.end + 6 + step.checkpoint.length).toLowerCase(), `seed ${seed}`).toContain(
          step.checkpoint.toLowerCase().slice(0, 8),
        );
        const was = text.slice(box.start, box.end);
        const done = was === " " || was === "-";
        const change = setStep(tracker, dop, id, done);
        const after = apply(text, change);
        expect(
          after === `${text.slice(0, box.start)}${done ? "x" : " "}${text.slice(box.end)}`,
          `seed ${seed} ${id}`,
        ).toBe(true);
        expect(change.inserted).toBeUndefined();
        expect(setStep(tracker, dop, id, !done).edits.length).toBe(was === "-" ? 1 : 0);
        ticks++;
        if (i !== seed % phase.steps.length) return; // reading all of them again would take a minute
        const ticked = trackerIn(after);
        expect(ticked.phases.find((one) => one.phase === phase)?.boxes[i]?.state).toBe(done ? "done" : "open");
        const original = was === "-" ? " " : was === "X" ? "x" : was;
        const back = apply(after, setStep(ticked, dop, id, !done));
        expect(back === text.slice(0, box.start) + original + text.slice(box.end), `seed ${seed} ${id}`).toBe(true);
      });
    }
  }
  expect(ticks).toBe(seeds.length * 24);
});

test("a status changes its own cell and nothing else", () => {
  for (const seed of seeds) {
    const text = generate(seed);
    const tracker = trackerIn(text);
    for (const { phase, row } of tracker.phases) {
      if (!row?.cell || !row.status) throw new Error(`seed ${seed}: no status of phase ${phase.number}`);
      const { cell, status } = row;
      for (const meaning of statusMeanings) {
        const change = setStatus(tracker, dop, phase.number, meaning);
        if (meaning === status.meaning) {
          expect(change.edits).toEqual([]);
          continue;
        }
        const after = apply(text, change);
        expect(after.startsWith(text.slice(0, cell.whole.start)), `seed ${seed}`).toBe(true);
        expect(after.endsWith(text.slice(cell.whole.end)), `seed ${seed}`).toBe(true);
        if (meaning !== statusMeanings[(seed + phase.number) % 3]) continue;
        const read = trackerIn(after).phases.map((one) => one.row?.status?.meaning);
        expect(read).toEqual(tracker.phases.map((one) => (one.phase === phase ? meaning : one.row?.status?.meaning)));
      }
    }
  }
});

test("a gate's answer is one new line and the status cell", () => {
  for (const seed of seeds) {
    const text = generate(seed);
    const tracker = trackerIn(text);
    const evidence = "4 of 4 | \\ checked\r\nby two";
    const change = answerGate(tracker, dop, { phase: 2, date: "2025-03-01", answer: "Yes", by: "Kim | Lee", evidence });
    const after = trackerIn(apply(text, change));
    const newest = after.phases[1]?.answers.at(-1);
    expect([newest?.date, newest?.text, newest?.by, newest?.evidence], `seed ${seed}`).toEqual([
      "2025-03-01",
      "Yes",
      "Kim | Lee",
      "4 of 4 | \\ checked by two",
    ]);
    expect(after.phases[1]?.row?.status?.meaning).toBe("complete");
    expect(after.phases[0]?.answers.length).toBe(tracker.phases[0]?.answers.length);
    expect(change.inserted === undefined).toBe(tracker.log !== undefined);
    // Without the new text the file is the old one.
    const rest = change.edits.filter(({ span }) => span.start === span.end);
    const added = rest.reduce((sum, edit) => sum + edit.text.length, 0);
    const status = setStatus(tracker, dop, 2, "complete");
    expect(apply(text, change).length).toBe(apply(text, status).length + added);
    expect(/(?<!\r)\n/.test(apply(text, change))).toBe(/(?<!\r)\n/.test(text));
  }
});

test.each([
  ["| 2 | IaC | ⏳ In Progress | |", "complete", "| 2 | IaC | ✅ Complete | |"],
  ["|2|IaC|⏳ In Progress||", "complete", "|2|IaC|✅ Complete||"],
  ["| 2 | IaC | in progress | |", "not-started", "| 2 | IaC | Not Started | |"],
  ["| 2 | IaC | | |", "complete", "| 2 | IaC | ✅ Complete | |"],
  ["|2|IaC|||", "complete", "|2|IaC| ✅ Complete ||"],
  ["| 2 | IaC |\t**âŒ**  | x |", "complete", "| 2 | IaC |\t✅ Complete  | x |"],
  ["| 2 | IaC | whatever | |", "complete", "| 2 | IaC | ✅ Complete | |"],
] as const)("%j set to %s is %j", (row, meaning: StatusMeaning, after) => {
  const text = bareTracker.replace(/^\| 2 .*$/m, row);
  expect(apply(text, setStatus(trackerIn(text), dop, 2, meaning))).toBe(text.replace(row, after));
});

test("an aligned column stays aligned, until the text no longer fits", () => {
  const table = (header: string, status: string) =>
    `# DOP Phase Tracker\n\n| Phase |${header}|\n|---|---|\n| 1     |${status}|\n`;
  const wide = table(" Status        ", " ⏳ In Progress ");
  const done = apply(wide, setStatus(trackerIn(wide), dop, 1, "complete"));
  expect(done).toBe(table(" Status        ", " ✅ Complete    "));
  expect(apply(done, setStatus(trackerIn(done), dop, 1, "in-progress"))).toBe(wide);
  const narrow = table(" Status ", " Done   ");
  const longer = apply(narrow, setStatus(trackerIn(narrow), dop, 1, "in-progress"));
  expect(longer).toBe(table(" Status ", " In Progress "));
});

test("what cannot be changed says why", () => {
  const tracker = trackerIn(bareTracker.replace(/^\| 2 .*\n/m, "").replace(/^\| 3 .*$/m, "| 3 | x |"));
  expect(setStatus(tracker, dop, 2, "complete").problem).toBe("The table has no row for phase 2");
  expect(setStatus(tracker, dop, 9, "complete").problem).toBeTruthy();
  expect(setStep(tracker, dop, "dop/1/9", true).problem).toBeTruthy();
  expect(setStep(tracker, dop, "other/1/1", true).problem).toBeTruthy();
  const entry = { phase: 1, date: "2025-01-01", answer: "Maybe", by: "", evidence: "" };
  expect(answerGate(tracker, dop, entry).problem).toBe('"Maybe" is no answer to a gate');
  const none = trackerIn("# DOP Phase Tracker\n");
  expect(setStep(none, dop, "dop/1/1", true).problem).toBe(none.problem);
});

test("ticking in a bare table adds the boxes of the phase, in the order of the phases", () => {
  for (const eol of ["\n", "\r\n"]) {
    const bare = `${bareTracker}\n## Next\nText.\n`.replaceAll("\n", eol);
    let text = bare;
    for (const id of ["dop/3/2", "dop/1/1", "dop/2/5"]) {
      const change = setStep(trackerIn(text), dop, id, true);
      expect(change.inserted).toMatch(/^The tracker had no boxes for phase \d: they were added$/);
      text = apply(text, change);
    }
    const headings = parseMarkdown("/x.md", text).headings.map((heading) => heading.text.replace(/:.*/, ""));
    expect(headings).toEqual(["DOP Phase Tracker", "Phase 1", "Phase 2", "Phase 3", "Next"]);
    const { phases } = readProgress(dop, trackerIn(text), new Map());
    expect(phases.flatMap(({ steps }) => steps.flatMap(({ id, state }) => (state === "done" ? [id] : [])))).toEqual([
      "dop/1/1",
      "dop/2/5",
      "dop/3/2",
    ]);
    expect(
      text
        .replaceAll("\r\n", "\n")
        .split("\n")
        .filter((line) => !bare.includes(line)).length,
    ).toBe(3 + 4 + 5 + 5);
    expect(/(?<!\r)\n/.test(text)).toBe(eol === "\n");
    expect(text.startsWith(bareTracker.replaceAll("\n", eol))).toBe(true);
  }
});

test("a phase that the bare table calls complete gets ticked boxes, and one of them can be opened", () => {
  const text = bareTracker.replace("⏳ In Progress", "✅ Complete");
  expect(setStep(trackerIn(text), dop, "dop/1/2", true).edits).toEqual([]);
  const after = apply(text, setStep(trackerIn(text), dop, "dop/1/2", false));
  expect(trackerIn(after).phases[0]?.boxes.map((box) => box?.state)).toEqual(["done", "open", "done", "done"]);
});

test.each([
  [
    "- [ ] Requirements documented\n- [x] Security blueprint ready\n- [ ] Cost model prepared",
    "- [ ] Requirements documented\n- [x] Architecture diagram created\n- [x] Security blueprint ready\n- [ ] Cost model prepared",
  ],
  [
    "  * [ ] Requirements documented\n\n    more\n  * [x] Security blueprint ready",
    "  * [ ] Requirements documented\n\n    more\n  * [x] Architecture diagram created\n  * [x] Security blueprint ready",
  ],
  [
    "1) [ ] Requirements documented\n   - [ ] sub",
    "1) [ ] Requirements documented\n   - [ ] sub\n2) [x] Architecture diagram created",
  ],
  ["+ [x] Security blueprint ready", "+ [x] Architecture diagram created\n+ [x] Security blueprint ready"],
  [
    "- [ ] Requirements documented  \nlazy",
    "- [ ] Requirements documented  \nlazy\n- [x] Architecture diagram created",
  ],
])("a box that is missing in %j is added beside its neighbours", (boxes, expected) => {
  for (const eol of ["\n", "\r\n"]) {
    const text = `${bareTracker}\n#### Phase 1\n\n${boxes}\n\nText.\n`.replaceAll("\n", eol);
    const change = setStep(trackerIn(text), dop, "dop/1/2", true);
    expect(change.inserted).toBe('The tracker had no box for "Architecture diagram created": it was added');
    expect(apply(text, change)).toBe(`${bareTracker}\n#### Phase 1\n\n${expected}\n\nText.\n`.replaceAll("\n", eol));
  }
});

test("what is inserted is read back, or nothing is changed", () => {
  for (const swallower of ["```\nnever closed", "<!-- never closed"]) {
    const text = `${bareTracker}\n#### Phase 1\n\n${swallower}`;
    const change = setStep(trackerIn(text), dop, "dop/1/1", true);
    expect(change.edits).toEqual([]);
    expect(change.problem).toBe("What stands around the tracker would swallow the new lines");
  }
});

test("a bare table is completed to the full form, once", () => {
  for (const text of [
    bareTracker,
    bareTracker.trimEnd(),
    bareTracker.replaceAll("\n", "\r\n"),
    `${bareTracker}<!-- right below -->\n`,
    bareTracker.replace(/^\| [135] .*\n/gm, ""),
    `${bareTracker}\n#### Phase 2\n\n- [x] IaC project initialized\n\n#### Gate Log\n\nNothing yet.\n\n# Other\n`,
    trackerText(dop)
      .replace(/^- \[ \] (?:Metrics|Logs|Team).*\n/gm, "")
      .replace("DOP Phase Tracker\n", "DOP Phase Tracker  \n"),
  ]) {
    const change = completeTracker(trackerIn(text), dop);
    expect(change.inserted, text).toMatch(/^Added to the tracker: /);
    const whole = apply(text, change);
    const { phases, log } = trackerIn(whole);
    expect(log?.rows).toEqual([]);
    expect(phases.every(({ row, section, boxes }) => row && section && boxes.every(Boolean))).toBe(true);
    const starts = phases.map(({ section }) => section?.span.start ?? 0);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(completeTracker(trackerIn(whole), dop).edits).toEqual([]);
    for (const { span } of change.edits) expect(span.start).toBe(span.end);
  }
  expect(apply(bareTracker, completeTracker(trackerIn(bareTracker), dop))).toBe(trackerText(dop));
});

test("a table in a list item, with tabs, gets its row where it belongs", () => {
  const text = "# DOP Phase Tracker\n\n- Table:\n\n\t| Phase | Status |\n\t|---|---|\n\t| 2 | ❌ |\n";
  const whole = apply(text, completeTracker(trackerIn(text), dop));
  expect(trackerIn(whole).phases.map(({ row }) => row?.status?.meaning)).toEqual(Array(5).fill("not-started"));
  expect(whole).toContain("\t|---|---|\n\t| 1 | ❌ Not Started |\n\t| 2 | ❌ |\n\t| 3 |");
});

test("a file that was read in part is not inserted into", () => {
  const text = `${bareTracker}\n${"- ".repeat(500)}x\n`;
  const tracker = findTracker(parseMarkdown("/x.md", text), dop);
  expect(tracker && setStep(tracker, dop, "dop/1/1", true).problem).toBeTruthy();
});
