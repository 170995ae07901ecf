import { addSections, missingSections } from "../../protocol/sections.js";
import { at, fix, rule } from "../../rule.js";
import { lineSpan } from "../../text.js";

export default rule({
  on: "output",
  title: "Give an output document its required sections",
  why: "The protocol says what the document of each phase has to answer. A section that is missing is a question that nobody has asked, and the gate cannot be judged without its answer.",
  severity: "warning",
  profile: "recommended",
  phase: 1,
  standard: "DevOps Engineering Protocol, Phase Instructions",

  *check({ file, phase, output, protocol }) {
    const missing = missingSections(file, output).map(({ title }) => `"${title}"`);
    if (missing.length === 0) return;
    const titles = [missing.slice(0, -1).join(", "), missing.at(-1)].filter(Boolean).join(" and ");
    const message = `${titles} ${missing.length === 1 ? "is" : "are"} missing: phase ${phase.number} of ${protocol.title} asks for ${missing.length === 1 ? "it" : "them"}`;
    const edits = addSections(file, protocol, phase, output);
    const place = file.headings[0] ?? lineSpan(file.text, 0);
    yield at(place, message, ...(edits ? [fix(`Add ${titles}`, ...edits)] : []));
  },
});
