// A protocol as a document to read: everything that its data holds, phases and checklists first.

import type { Figure, RoleIdentity, StandardEntry } from "../protocol/guidance.js";
import { delimiterLine, rowLine } from "../protocol/lines.js";
import type { Phase, Protocol, Step } from "../protocol/model.js";
import { checklistLines } from "./handbook-lists.js";

type Lines = readonly string[];

/** Markdown with a final line end. Texts of the protocol cannot act as HTML. */
export function toHandbook(protocol: Protocol): string {
  const { title, purpose, mandate, dated, inspiredBy, role } = protocol;
  const about = [
    role && roleLine(role),
    dated && `Made on ${dated}.`,
    inspiredBy && `Builds on the practices of ${inspiredBy.join(", ")}.`,
  ].filter((one) => one !== undefined && one !== "");
  const blocks = [
    [`# ${title}`],
    ...(mandate === undefined ? [] : [[`> ${mandate}`]]),
    [purpose],
    ...about.map((one) => [String(one)]),
    ...sections(protocol).flatMap(([heading, lines]) => (lines.length > 0 ? [[`## ${heading}`], lines] : [])),
  ];
  return `${blocks
    .map((lines) => lines.join("\n"))
    .join("\n\n")
    .replace(/<(?=[a-z/!?])/gi, "&lt;")}\n`;
}

const sections = (protocol: Protocol): readonly (readonly [heading: string, lines: Lines])[] => [
  ["Phases", spaced(protocol.phases.map((phase) => phaseLines(phase, protocol)))],
  ["Checklists, workflows and scenarios", spaced(protocol.checklists.map(checklistLines))],
  ["Who speaks", personaLines(protocol)],
  ["The cycle", cycleLines(protocol)],
  [
    "Critical rules",
    spaced(
      protocol.criticalRules.map(({ title, must, forbidden }) =>
        titled(title, [...must.map((one) => `- ${one}`), ...forbidden.map((one) => `- **Never**: ${one}`)]),
      ),
    ),
  ],
  ["Guardrails", protocol.guardrails.map(({ rule, instead }) => `- ${rule} → ${instead}`)],
  [
    "Questions",
    [
      ...protocol.prompts.map(({ title, question }) => `- **${title}**: ${question}`),
      ...protocol.questions.map(({ title, text }) => named(title, text)),
    ],
  ],
  [
    "Standards",
    spaced(
      protocol.standards.map(({ title, section, about, entries }) => [
        `### ${title}${section === undefined ? "" : ` (${section})`}`,
        ...(about === undefined ? [] : ["", about]),
        "",
        ...entries.map(standardLine),
      ]),
    ),
  ],
  [
    "Anti-patterns",
    protocol.antiPatterns.map(({ title, pattern, instead }) =>
      named(title, [pattern, instead].filter(Boolean).join(" → ")),
    ),
  ],
  ["Pipeline stages", protocol.pipelineStages.map(({ title, text }) => named(title, text))],
  [
    "Deployment strategies",
    protocol.strategies.map(({ title, pros, cons }) =>
      named(title, [...pros.map((one) => `+ ${one}`), ...cons.map((one) => `− ${one}`)].join("; ")),
    ),
  ],
  [
    "Who decides",
    spaced(
      protocol.authority.map(({ title, entries }) =>
        titled(title, [
          ...entries.flatMap(({ who, what }) =>
            what.map((one) => `- ${who === undefined ? "" : `**${who}**: `}${one}`),
          ),
        ]),
      ),
    ),
  ],
  ["Escalation", protocol.escalation.map(({ level, title, who }) => `${level}. **${title}**: ${who}`)],
  [
    "Severities",
    spaced(
      protocol.severities.map(({ title, levels }) =>
        titled(title, [...levels.map(({ id, meaning }) => `- **${id}**: ${meaning}`)]),
      ),
    ),
  ],
  ["Targets", targetLines(protocol)],
  [
    "Documents",
    table(
      ["Document", "Purpose", "Updated"],
      protocol.documents.map(({ title, purpose, updated }) => [title, purpose, updated]),
    ),
  ],
  [
    "Working together",
    spaced(
      protocol.collaboration.map(({ role, exchanges }) =>
        titled(role, [...exchanges.map(({ kind, what }) => `- **${kind}**: ${what.join(", ")}`)]),
      ),
    ),
  ],
  [
    "Templates",
    spaced(
      protocol.templates.map(({ title, fields, sections: parts, closing = [] }) =>
        titled(title, [
          ...(fields.length > 0 ? [`- ${fields.join(", ")}`] : []),
          ...parts.map((part) => named(part.title, part.fields.join(", "))),
          ...(closing.length > 0 ? [`- ${closing.join(", ")}`] : []),
        ]),
      ),
    ),
  ],
  ["References", (protocol.references ?? []).map(({ title, by, about }) => `- *${title}*, ${by}: ${about}`)],
];

const titled = (title: string, lines: Lines): Lines => [`### ${title}`, "", ...lines];

/** Blocks with an empty line between them. */
const spaced = (blocks: readonly Lines[]): Lines => blocks.flatMap((lines, i) => (i === 0 ? lines : ["", ...lines]));

const named = (title: string, text: string | undefined): string => `- **${title}**${text ? `: ${text}` : ""}`;

function table(headers: Lines, rows: readonly Lines[]): Lines {
  return rows.length === 0 ? [] : [rowLine(headers), delimiterLine(headers), ...rows.map(rowLine)];
}

function phaseLines({ number, title, objective, steps, gate, output, stages = [] }: Phase, protocol: Protocol): Lines {
  const gateText = gate && [gate.activities, gate.checkpoint].filter(Boolean).join(" → ");
  const added = gate?.added ? ` *(${protocol.title} words no gate here; this one is Dakota's proposal)*` : "";
  const stageRows = stages.map(({ name, implementation, qualityGates }) => [name, implementation, qualityGates]);
  return spaced([
    [`### Phase ${number}: ${title}`],
    [objective],
    steps.flatMap(stepLines),
    ...(stageRows.length > 0 ? [table(["Stage", "Implementation", "Quality gates"], stageRows)] : []),
    ...(output ? [[`**Output** \`${output.file}\`: ${output.sections.map((one) => one.title).join(", ")}`]] : []),
    ...(gate ? [[`**${gate.title}**${gateText ? `: ${gateText}` : ""}${added}`]] : []),
  ]);
}

const stepLines = ({ title, activities, points = [], checkpoint }: Step, i: number): Lines => [
  `${i + 1}. **${title}**${activities === undefined ? "" : `: ${activities}`}`,
  ...points.map((point) => `   - ${point}`),
  `   - Checkpoint: *${checkpoint}*`,
];

function personaLines({ persona }: Protocol): Lines {
  if (!persona) return [];
  const { name, title, role, mission, traits, preferences } = persona;
  return spaced([
    [`**${name}**, ${title}. ${role}`],
    [mission],
    [
      ...traits.map((trait) => named(trait.name, trait.meaning)),
      ...preferences.map(({ prefer, over }) => `- ${prefer} > ${over}`),
    ],
  ]);
}

const cycleLines = ({ cycle }: Protocol): Lines =>
  cycle ? [cycle.activities.join(" → "), "", cycle.gate, "", `Outputs: ${cycle.outputs.join(", ")}`] : [];

const standardLine = ({ name, text, force, figure }: StandardEntry): string => {
  const order = force === undefined ? "" : force === "always" ? "**Always** " : "**Never** ";
  const measured = figure && !text.includes(figure.text) ? ` (${figure.text})` : "";
  return `- ${order}${name === undefined ? "" : `**${name}**: `}${text}${measured}`;
};

const roleLine = ({ title, handle, version, updatedBy, nextReview }: RoleIdentity): string =>
  [`**${title}**`, handle, version, updatedBy && `updated by ${updatedBy}`, nextReview && `next review ${nextReview}`]
    .filter(Boolean)
    .join(" · ");

const figureText = (figure: Figure | undefined): string =>
  figure ? `${figure.text}${figure.when === undefined ? "" : ` (${figure.when})`}` : "";

const targetLines = ({ targets }: Protocol): Lines =>
  table(
    ["What", "Of", "Target", "Alert"],
    targets.map(({ title, measures, group, target, alert }) => [
      measures === undefined ? title : `${title}: ${measures}`,
      group,
      figureText(target),
      figureText(alert),
    ]),
  );
