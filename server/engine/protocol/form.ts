// The form of a protocol file: every key with what it says and what it may hold. Reader, schemas/protocol.schema.json and
// completion all come from here. What a document says beside phases and checklists is in guidance-form.ts.

import {
  amount,
  any,
  flag,
  flawless,
  integer,
  list,
  made,
  may,
  must,
  named,
  oneOf,
  or,
  type RootSchema,
  record,
  type Shape,
  short,
  text,
  variant,
} from "../form/shape.js";
import { guidanceFields } from "./guidance-form.js";
import {
  type Checklist,
  type ChecklistItem,
  type ChecklistStep,
  checklistKinds,
  type Evidence,
  type Gate,
  type OutputDocument,
  type OutputSection,
  type Phase,
  type PipelineStage,
  type Protocol,
  pipelineRoles,
  ruleSeverities,
  type Status,
  type Step,
  statusMeanings,
  type TimeLimit,
  type TrackerLayout,
} from "./model.js";
import { file, id, someWords, word, words } from "./shapes.js";

type EvidenceOf<Kind extends Evidence["kind"]> = Extract<Evidence, { readonly kind: Kind }>;

const anyKind: Shape<Evidence> = variant<Evidence>({
  document: record<EvidenceOf<"document">>(
    "A document that exists and, where a section is named, says something there",
    {
      kind: must("A Markdown document", oneOf(["document"])),
      file: must("Where the document is, by the end of its path", file),
      section: may("The section that has to hold more than a placeholder", word),
      ticked: may("Whether the section has to hold boxes, all of them ticked", flag),
    },
  ),
  terraform: record<EvidenceOf<"terraform">>("Something that Terraform files define", {
    kind: must("Terraform code", oneOf(["terraform"])),
    resources: may("Types of resources, any of which will do; * stands for any letters", someWords),
    backend: may("Whether a backend for the state has to be there", flag),
    module: may("Whether a module has to be called", flag),
  }),
  kubernetes: record<EvidenceOf<"kubernetes">>("An object that manifests define", {
    kind: must("Kubernetes manifests", oneOf(["kubernetes"])),
    objects: must("Kinds of objects, any of which will do", someWords),
  }),
  pipeline: record<EvidenceOf<"pipeline">>("Something that a pipeline does", {
    kind: must("Pipelines of any dialect", oneOf(["pipeline"])),
    roles: may("What jobs are there for, each of them", list(oneOf(pipelineRoles), 1)),
    gate: may("Whether every deployment to production has to wait for an approval", flag),
  }),
  alert: record<EvidenceOf<"alert">>("An alerting rule", {
    kind: must("Alerting rules", oneOf(["alert"])),
    runbook: may("Whether it has to name a runbook", flag),
  }),
  dashboard: record<EvidenceOf<"dashboard">>("A dashboard that is kept as a file", {
    kind: must("Dashboards", oneOf(["dashboard"])),
  }),
  requirement: record<EvidenceOf<"requirement">>("A registry of requirements", {
    kind: must("Requirements", oneOf(["requirement"])),
    status: may("The status that requirements must have", word),
  }),
  "rules-clean": record<EvidenceOf<"rules-clean">>("No finding of these rules in the workspace", {
    kind: must("Findings of rules", oneOf(["rules-clean"])),
    rules: must("Ids of rules, or a group with an asterisk (docker/*)", someWords),
    severity: must("The least severity that counts", oneOf(ruleSeverities)),
  }),
  all: record<EvidenceOf<"all">>("Each of several things", {
    kind: must("Several things at once", oneOf(["all"])),
    of: must(
      "What has to be found, each of it",
      list(
        named("evidence", () => evidence),
        1,
      ),
    ),
  }),
});

/** Without its faulty parts it would ask for less, and be found sooner. */
const evidence: Shape<Evidence> = flawless(
  made(anyKind, (asked, place, complain) => {
    const wanted = wantedOf(asked);
    if (wanted === undefined) return asked;
    complain(place, `this asks for nothing: ${wanted} is wanted here`);
    return undefined;
  }),
);

/** What a piece of evidence that asks for nothing could ask for. */
function wantedOf(asked: Evidence): string | undefined {
  if (asked.kind === "terraform" && !asked.resources && !asked.backend && !asked.module)
    return "resources, backend or module";
  if (asked.kind === "document" && asked.ticked && !asked.section) return "section";
  return asked.kind === "pipeline" && !asked.roles && !asked.gate ? "roles or gate" : undefined;
}

const anyEvidence = or(
  "How files of the workspace can show that it is done: one of the list is enough",
  list(named("evidence", () => evidence)),
  (): readonly Evidence[] => [],
);

const limit: Shape<TimeLimit> = record<TimeLimit>("A time", {
  text: must('The time in words, such as "within 5 minutes"', word),
  minutes: must("The time in minutes; 0 for immediate", amount),
  when: may("The case it holds for, such as a severity", word),
});

const phase: Shape<Phase> = record<Phase>("A phase", {
  number: must("Its number in the tracker's table", integer(1, 99)),
  title: must("What it is called", word),
  trackerTitle: or("What the tracker's table calls it, where that differs", word, ({ title }) => String(title ?? "")),
  objective: must("What it is for", text()),
  steps: must(
    "What is done, in order",
    list(
      record<Step>("A step", {
        title: must("What it is called", word),
        activities: may("What is done", text()),
        points: may("Sub-points of the step, one a line", words),
        checkpoint: must("What is true when it is done: the text of its box in the tracker", word),
        aliases: may("Other texts that its box may carry", words),
        evidence: anyEvidence,
      }),
      1,
    ),
  ),
  output: may(
    "The document that the phase leaves",
    record<OutputDocument>("A document", {
      file: must("File name, with / between folders", file),
      sections: must(
        "Sections that it has to have",
        list(
          record<OutputSection>("A section", {
            title: must("Its heading", word),
            aliases: may("Other headings that count as this one", words),
            prompt: must("One line that tells the writer what belongs there", text()),
          }),
          1,
        ),
      ),
    }),
  ),
  gate: may(
    "The question that closes the phase",
    record<Gate>("A gate", {
      title: must("What it is called", word),
      activities: may("What is done to answer it", text()),
      checkpoint: may("What a passed gate allows", word),
      added: may("Whether the document itself has no such gate", flag),
    }),
  ),
  stages: may(
    "Table of pipeline stages",
    list(
      record<PipelineStage>("A stage", {
        name: must("What it is called", word),
        implementation: must("What it consists of", text()),
        qualityGates: must("What has to hold before it is passed", text()),
      }),
    ),
  ),
  evidence: anyEvidence,
});

const status: Shape<Status> = record<Status>("A status of a phase", {
  meaning: must("What it means", oneOf(statusMeanings)),
  label: must("The words in the table", word),
  emoji: may("What stands before the words", word),
  aliases: may("Other words that are read as this status", words),
});

const tracker: Shape<TrackerLayout> = record<TrackerLayout>("The layout of the Markdown tracker", {
  heading: must("The heading by which a tracker is found", word),
  level: must("The level of the heading in a new tracker", integer(1, 6)),
  columns: must(
    "Headers of the table of phases",
    record<TrackerLayout["columns"]>("Headers", {
      phase: must("Number of the phase", word),
      title: must("Title of the phase", word),
      status: must("Status of the phase", word),
      notes: must("Free text", word),
    }),
  ),
  statuses: must("The words for not-started, in-progress and complete", list(status, statusMeanings.length)),
  log: must(
    "The list of answers to gates",
    record<TrackerLayout["log"]>("The log", {
      heading: must("Its heading", word),
      columns: must(
        "Headers of its table",
        record<TrackerLayout["log"]["columns"]>("Headers", {
          date: must("Day of the answer", word),
          phase: must("Number of the phase", word),
          answer: must("The answer", word),
          by: must("Who has answered", word),
          evidence: must("What the answer rests on", word),
        }),
      ),
    }),
  ),
});

const item: Shape<ChecklistItem> = short(
  word,
  record<ChecklistItem>("An item", {
    title: must("What is done", word),
    within: may("When it has to be done, counted from the start", limit),
    owner: may("Who has to act, where it is somebody else", word),
    evidence: anyEvidence,
  }),
  (title) => ({ title, evidence: [] }),
);

const checklistStep: Shape<ChecklistStep> = short(
  word,
  record<ChecklistStep>("A step", {
    title: must("What is done", word),
    within: may("When it has to be done, counted from the start", limit),
    lasts: may("How long it goes on at least", limit),
    owner: may("Who has to act, where it is somebody else", word),
    items: any("What the step consists of", item),
    evidence: anyEvidence,
  }),
  (title) => ({ title, items: [], evidence: [] }),
);

const checklist: Shape<Checklist> = record<Checklist>("A list of things to do", {
  id: must("Short name, its own in the protocol", id),
  kind: must("A checklist to tick, a workflow to follow, or the response to a scenario", oneOf(checklistKinds)),
  title: must("What it is called", word),
  section: must("The heading of the document that it stands under", word),
  trigger: may("What calls for it", text()),
  steps: must("What is done, in order; a plain checklist has steps without items", list(checklistStep, 1)),
  output: may("What there is in the end", words),
  file: may("The document that carries the list", file),
});

export const protocolShape: Shape<Protocol> = record<Protocol>("A protocol", {
  id: must("Short name; starts the id of every step", id),
  title: must("What the protocol is called", word),
  purpose: must("What it is for", text()),
  dated: may(
    "When the document was made (YYYY-MM-DD)",
    text({ pattern: /^\d{4}-\d{2}-\d{2}$/, words: "a date (YYYY-MM-DD)" }),
  ),
  inspiredBy: may("Whose practices it builds on", words),
  gateAnswers: any(
    "Answers that a gate knows; at least one passes",
    record("An answer", {
      word: must("The word in the log", word),
      passes: must("Whether it opens the way to the next phase", flag),
    }),
  ),
  phases: any(
    "The phases, in order; they need a tracker",
    named("phase", () => phase),
  ),
  tracker: may("How the tracker of the phases is written", tracker),
  checklists: any(
    "Checklists, workflows and responses to scenarios",
    named("checklist", () => checklist),
  ),
  ...guidanceFields,
});

/** The form as a JSON Schema (draft 7), for editors and other tools. */
export const protocolSchema: RootSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Dakota protocol",
  ...protocolShape.schema,
  definitions: {
    evidence: { description: "Something that files of the workspace can show", ...evidence.schema },
    phase: phase.schema,
    checklist: checklist.schema,
  },
};
