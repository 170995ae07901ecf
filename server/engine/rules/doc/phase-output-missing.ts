import { outputText } from "../../protocol/template.js";
import { at, create, option, rule } from "../../rule.js";
import { lineEnd } from "../../text.js";
import { findOutput } from "./_outputs.js";
import { claimOf, isReadable } from "./_tracker.js";

export default rule({
  on: "tracker",
  title: "Write the output document of a phase",
  why: "What a phase has found out stands in its output document, and the gate is answered by reading it. Begun with the phase, it grows with the work; written afterwards, it is guesswork.",
  severity: "information",
  profile: "recommended",
  phase: 1,
  standard: "DevOps Engineering Protocol, Phase Instructions",
  options: {
    statuses: option.strings(
      ["in-progress", "complete"],
      "Statuses that ask for the document: not-started, in-progress, complete",
    ),
  },

  *check(model, { statuses }, workspace) {
    if (!isReadable(model)) return;
    for (const tracked of model.tracker.phases) {
      const { phase, row } = tracked;
      if (!row?.cell || !row.status || !statuses.includes(row.status.meaning)) continue;
      const found = findOutput(model, phase, workspace);
      if (!found || found.unwritten) continue;
      const text = outputText(model.protocol, phase, lineEnd(model.tracker.file.text)) ?? "";
      const make = create(`Create ${found.output.file}`, { path: found.place, text });
      yield at(row.cell, `${claimOf(tracked)} here, but "${found.output.file}" does not exist`, make);
    }
  },
});
