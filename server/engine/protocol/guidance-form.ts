// The form of what a protocol document says beside phases and checklists.

import { amount, any, integer, list, may, must, oneOf, record, type Shape, text } from "../form/shape.js";
import type {
  AntiPattern,
  Authority,
  AuthorityEntry,
  Collaboration,
  CriticalRule,
  Cycle,
  EscalationLevel,
  Exchange,
  Figure,
  Guardrail,
  NamedText,
  OwnedDocument,
  Persona,
  Preference,
  Prompt,
  Reference,
  RoleIdentity,
  SeverityLevel,
  SeverityScale,
  StandardEntry,
  StandardGroup,
  Strategy,
  Target,
  Template,
  TemplateSection,
  Trait,
} from "./guidance.js";
import { someWords, word, words } from "./shapes.js";

const figure: Shape<Figure> = record<Figure>("A figure", {
  text: must("The figure as it is worded", word),
  comparison: may("Whether less, more, or a range is meant", oneOf(["below", "above", "within"])),
  value: may("The number; the lower end of a range", amount),
  to: may("The upper end of a range", amount),
  unit: may("What is counted, such as minutes or %", word),
  when: may("The case it holds for, such as a severity", word),
});

const namedText: Shape<NamedText> = record<NamedText>("An entry", {
  title: must("What it is called", word),
  text: may("What is said of it", text()),
});

const persona: Shape<Persona> = record<Persona>("Who speaks for the protocol", {
  name: must("The name", word),
  title: must("What the name stands for", word),
  role: must("The role", text()),
  mission: must("What the role is for", text()),
  traits: must(
    "Traits of character",
    list(record<Trait>("A trait", { name: must("What it is called", word), meaning: must("What it means", text()) })),
  ),
  preferences: must(
    "What is chosen where both are possible",
    list(record<Preference>("A choice", { prefer: must("What is chosen", word), over: must("What is not", word) })),
  ),
});

const cycle: Shape<Cycle> = record<Cycle>("What is done again and again", {
  activities: must("The activities, in order", someWords),
  gate: must("What ends each phase", text()),
  outputs: must("What comes out", words),
});

const standards: Shape<StandardGroup> = record<StandardGroup>("One heading with what it asks for", {
  title: must("The heading", word),
  section: may("The heading above it", word),
  about: may("What is said beside the heading", word),
  entries: must(
    "What it says, in order",
    list(
      record<StandardEntry>("A sentence", {
        text: must("What it says", text()),
        name: may("The bold word before it", word),
        force: may("Whether it orders or forbids", oneOf(["always", "never"])),
        figure: may("The figure that it sets", figure),
      }),
      1,
    ),
  ),
});

const authority: Shape<Authority> = record<Authority>("What may be decided how", {
  level: must("Alone, after consulting, or with approval", oneOf(["decide", "consult", "approval"])),
  title: must("The heading", word),
  entries: must(
    "The decisions, by whom to ask",
    list(
      record<AuthorityEntry>("Decisions", {
        who: may("Whom to ask", word),
        what: must("What is decided", someWords),
      }),
      1,
    ),
  ),
});

const severities: Shape<SeverityScale> = record<SeverityScale>("A scale of severity", {
  title: must("What is graded", word),
  section: must("The heading it stands under", word),
  levels: must(
    "The levels, the gravest first",
    list(
      record<SeverityLevel>("A level", {
        id: must("Its short name", word),
        meaning: must("What it stands for", text()),
      }),
      1,
    ),
  ),
});

const target: Shape<Target> = record<Target>("Something that is measured", {
  title: must("What is measured", word),
  measures: may("What is counted for it", text()),
  group: must("The heading it stands under", word),
  section: must("The heading above that", word),
  target: may("What it is to reach", figure),
  alert: may("From where on somebody is alerted", figure),
});

const exchangeKinds = ["receive", "provide", "collaborate", "escalate", "support", "validate", "review"] as const;

const collaboration: Shape<Collaboration> = record<Collaboration>("The work with another role", {
  role: must("The other role", word),
  exchanges: must(
    "What goes back and forth",
    list(
      record<Exchange>("One direction", {
        kind: must("Which way, or what for", oneOf(exchangeKinds)),
        what: must("What it is about", someWords),
      }),
      1,
    ),
  ),
});

const template: Shape<Template> = record<Template>("A document that is written over and over", {
  title: must("Its heading", word),
  section: must("The heading of the protocol that it stands under", word),
  fields: any("Fields above the first section", word),
  sections: must(
    "Its sections, in order",
    list(
      record<TemplateSection>("A section", {
        title: must("Its heading", word),
        fields: any("What is filled in there", word),
      }),
      1,
    ),
  ),
  closing: may("Fields below the last section", words),
});

/** The keys beside phases and checklists. */
export const guidanceFields = {
  persona: may("Who speaks for the protocol", persona),
  cycle: may("What is done again and again", cycle),
  mandate: may("The sentence that stands above everything", text()),
  role: may(
    "The role that the document defines",
    record<RoleIdentity>("A role", {
      handle: may("How other roles call it", word),
      title: must("Its name", word),
      version: may("The version of its definition", word),
      updatedBy: may("Who has changed it last", word),
      nextReview: may("When it is looked at again (YYYY-MM-DD)", word),
    }),
  ),
  prompts: any(
    "Questions to ask at every gate",
    record<Prompt>("A question", { title: must("What it is about", word), question: must("The question", text()) }),
  ),
  guardrails: any(
    "What is not to be done",
    record<Guardrail>("A guardrail", { rule: must("What is not done", text()), instead: must("What is done", text()) }),
  ),
  criticalRules: any(
    "Rules without exception",
    record<CriticalRule>("A rule", {
      title: must("What it is called", word),
      must: must("What has to be done", words),
      forbidden: must("What is forbidden", words),
    }),
  ),
  standards: any("What the headings of the document ask for", standards),
  antiPatterns: any(
    "What goes wrong again and again",
    record<AntiPattern>("An anti-pattern", {
      title: must("What it is called", word),
      section: must("The heading it stands under", word),
      pattern: may("How it looks", text()),
      instead: may("What is done instead", text()),
    }),
  ),
  authority: any("What the role may decide, and whom it asks", authority),
  escalation: any(
    "Whom to call next",
    record<EscalationLevel>("A level", {
      level: must("Its number", integer(1, 99)),
      title: must("What it is", word),
      who: must("Who is called", word),
    }),
  ),
  severities: any("How grave something is", severities),
  targets: any("What is measured, and what it is to reach", target),
  documents: any(
    "Documents that the role keeps",
    record<OwnedDocument>("A document", {
      title: must("What it is called", word),
      purpose: must("What it is for", text()),
      updated: must("When it is brought up to date", word),
    }),
  ),
  collaboration: any("How the role works with others", collaboration),
  pipelineStages: any("Stages of a standard pipeline, in order", namedText),
  strategies: any(
    "Ways to deploy",
    record<Strategy>("A way to deploy", {
      title: must("What it is called", word),
      pros: must("What speaks for it", words),
      cons: must("What speaks against it", words),
    }),
  ),
  questions: any("What to clarify first", namedText),
  templates: any("Documents that are written over and over", template),
  references: may(
    "Where to read on",
    list(
      record<Reference>("A work", {
        title: must("Its title", word),
        by: must("Who wrote it", word),
        about: must("What it is about", text()),
      }),
    ),
  ),
};
