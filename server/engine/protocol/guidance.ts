// What a protocol document says beside phases and checklists, as data: who speaks, rules, standards, targets, who decides
// and whom to call. Read by people, shown by views; nothing here is judged.

export interface Guidance {
  readonly persona?: Persona;
  readonly cycle?: Cycle;
  /** The sentence that a document puts above everything else. */
  readonly mandate?: string;
  readonly role?: RoleIdentity;
  readonly prompts: readonly Prompt[];
  readonly guardrails: readonly Guardrail[];
  readonly criticalRules: readonly CriticalRule[];
  readonly standards: readonly StandardGroup[];
  readonly antiPatterns: readonly AntiPattern[];
  readonly authority: readonly Authority[];
  readonly escalation: readonly EscalationLevel[];
  readonly severities: readonly SeverityScale[];
  readonly targets: readonly Target[];
  readonly documents: readonly OwnedDocument[];
  readonly collaboration: readonly Collaboration[];
  readonly pipelineStages: readonly NamedText[];
  readonly strategies: readonly Strategy[];
  readonly questions: readonly NamedText[];
  readonly templates: readonly Template[];
  readonly references?: readonly Reference[];
}

export interface Persona {
  readonly name: string;
  readonly title: string;
  readonly role: string;
  readonly mission: string;
  readonly traits: readonly Trait[];
  readonly preferences: readonly Preference[];
}

export interface Trait {
  readonly name: string;
  readonly meaning: string;
}

/** What is chosen where both are possible. */
export interface Preference {
  readonly prefer: string;
  readonly over: string;
}

export interface Cycle {
  readonly activities: readonly string[];
  /** What ends each phase. */
  readonly gate: string;
  readonly outputs: readonly string[];
}

/** The role that a document defines. */
export interface RoleIdentity {
  /** "@devops": how other roles call it. */
  readonly handle?: string;
  readonly title: string;
  readonly version?: string;
  readonly updatedBy?: string;
  /** The day on which the definition is to be looked at again, as ISO date. */
  readonly nextReview?: string;
}

export interface Prompt {
  readonly title: string;
  readonly question: string;
}

export interface Guardrail {
  /** What is not to be done, as the protocol words it. */
  readonly rule: string;
  readonly instead: string;
}

export interface Reference {
  readonly title: string;
  readonly by: string;
  readonly about: string;
}

export interface CriticalRule {
  readonly title: string;
  readonly must: readonly string[];
  readonly forbidden: readonly string[];
}

/** One heading of a document with what it asks for or explains. */
export interface StandardGroup {
  readonly title: string;
  /** The heading above it. */
  readonly section?: string;
  /** What the document says beside the heading. */
  readonly about?: string;
  readonly entries: readonly StandardEntry[];
}

export interface StandardEntry {
  readonly text: string;
  /** What the document sets in bold before the text ("Modular"). */
  readonly name?: string;
  /** Set where the document orders or forbids; without it the entry describes. */
  readonly force?: "always" | "never";
  /** The figure that the text sets. */
  readonly figure?: Figure;
}

export interface AntiPattern {
  readonly title: string;
  readonly section: string;
  /** How it looks in practice. */
  readonly pattern?: string;
  /** What is done instead, where the document says so. */
  readonly instead?: string;
}

/** What a role may decide alone, has to consult on, or needs approval for. */
export interface Authority {
  readonly level: "decide" | "consult" | "approval";
  readonly title: string;
  readonly entries: readonly AuthorityEntry[];
}

export interface AuthorityEntry {
  /** Whom to ask; absent where the role decides alone. */
  readonly who?: string;
  readonly what: readonly string[];
}

export interface EscalationLevel {
  readonly level: number;
  readonly title: string;
  readonly who: string;
}

export interface SeverityScale {
  readonly title: string;
  readonly section: string;
  /** The gravest first. */
  readonly levels: readonly SeverityLevel[];
}

export interface SeverityLevel {
  /** "P0", "1". */
  readonly id: string;
  readonly meaning: string;
}

/** Something that is measured, with what it is to reach. */
export interface Target {
  readonly title: string;
  /** What is counted for it. */
  readonly measures?: string;
  readonly group: string;
  readonly section: string;
  readonly target?: Figure;
  /** From where on somebody is alerted. */
  readonly alert?: Figure;
}

/** A figure that a document sets. `value` is absent where its words hold no number. */
export interface Figure {
  /** As the document words it: "<15 minutes". */
  readonly text: string;
  readonly comparison?: "below" | "above" | "within";
  readonly value?: number;
  /** The upper end of a range. */
  readonly to?: number;
  readonly unit?: string;
  /** The case it holds for: "P0". */
  readonly when?: string;
}

export interface OwnedDocument {
  readonly title: string;
  readonly purpose: string;
  readonly updated: string;
}

/** What goes back and forth between the role and another. */
export interface Collaboration {
  readonly role: string;
  readonly exchanges: readonly Exchange[];
}

export interface Exchange {
  readonly kind: "receive" | "provide" | "collaborate" | "escalate" | "support" | "validate" | "review";
  readonly what: readonly string[];
}

export interface NamedText {
  readonly title: string;
  readonly text?: string;
}

/** A deployment strategy with what speaks for and against it. */
export interface Strategy {
  readonly title: string;
  readonly pros: readonly string[];
  readonly cons: readonly string[];
}

/** A document that is written over and over: its sections with their fields. */
export interface Template {
  readonly title: string;
  readonly section: string;
  /** Fields above the first section. */
  readonly fields: readonly string[];
  readonly sections: readonly TemplateSection[];
  /** Fields below the last section. */
  readonly closing?: readonly string[];
}

export interface TemplateSection {
  readonly title: string;
  readonly fields: readonly string[];
}
