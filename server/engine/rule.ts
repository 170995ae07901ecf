// What a rule is, and the words it is written in. A rule is a value: it reads a model and yields findings, nothing else.

import type { ComposeFile } from "./languages/compose/model.js";
import type { Dockerfile } from "./languages/dockerfile/model.js";
import type { KubernetesFile } from "./languages/kubernetes/model.js";
import type { MarkdownFile } from "./languages/markdown/model.js";
import type { Pipeline } from "./languages/pipeline/model.js";
import type { PrometheusFile } from "./languages/prometheus/model.js";
import type { TerraformFile } from "./languages/terraform/model.js";
import type { Options, Values } from "./options.js";
import type { PhaseOutput, PhaseTracker } from "./protocol/documents.js";
import { type Edit, type Place, type Span, spanOf } from "./text.js";
import type { Workspace } from "./workspace.js";

export { option } from "./options.js";
export type { Place, Span } from "./text.js";
export type { Workspace } from "./workspace.js";

/** The model that rules read, by language. */
export interface Models {
  readonly compose: ComposeFile;
  readonly dockerfile: Dockerfile;
  readonly kubernetes: KubernetesFile;
  readonly markdown: MarkdownFile;
  /** The output document of a phase. */
  readonly output: PhaseOutput;
  readonly terraform: TerraformFile;
  readonly pipeline: Pipeline;
  readonly prometheus: PrometheusFile;
  /** Where a Markdown file records the phases of a protocol. */
  readonly tracker: PhaseTracker;
}

export type Language = keyof Models;

/** What a file as a whole can be; the others are models inside files. */
export type FileLanguage = Exclude<Language, "output" | "tracker">;

export const severities = ["error", "warning", "information", "hint"] as const;
export type Severity = (typeof severities)[number];

/** A change that mends a finding. Only a safe one may be applied unseen; a snippet holds placeholders (`${1:value}`). */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly Edit[];
  /** A file that is created, at an absolute path where there is none. */
  readonly newFile?: NewFile;
  readonly snippet?: true;
}

export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** What a rule has to say about one place. `severity` is set only where it differs from the rule's own. */
export interface Finding {
  readonly span: Span;
  readonly message: string;
  readonly fixes: readonly Fix[];
  readonly severity?: Severity;
  /** What Dakota worked out from other places, for the hover: where a user, a tag or a value comes from. */
  readonly resolved?: string;
}

/** See `resolved`. */
export interface Resolved {
  readonly resolved: string;
}

interface RuleFacts<L extends Language, O extends Options> {
  /** The languages whose files it judges. */
  readonly on: L | readonly L[];
  /** An order to the reader, at most 60 characters. */
  readonly title: string;
  /** Why it matters, in a few sentences: shown on hover and on the rule's page. */
  readonly why: string;
  readonly severity: Severity;
  /** The smallest profile that contains it; "opt-in" is in `all`, or on when named. */
  readonly profile: "recommended" | "strict" | "opt-in";
  /** The phase of the DevOps Engineering Protocol it belongs to. */
  readonly phase: 1 | 2 | 3 | 4 | 5;
  /** Which protocol document asks for it: title and section. */
  readonly standard: string;
  /** What other tools call the same standard. */
  readonly alsoKnownAs?: readonly string[];
  readonly options?: O;
}

interface RuleDefinition<L extends Language, O extends Options> extends RuleFacts<L, O> {
  check(model: Models[L], options: Values<O>, workspace: Workspace): Iterable<Finding>;
}

/** A rule of any language, as the engine runs it. */
export interface Rule extends RuleFacts<Language, Options> {
  readonly options: Options;
  check(model: Models[Language], options: Readonly<Record<string, unknown>>, workspace: Workspace): Iterable<Finding>;
}

/** Makes a rule of its definition; `on` types the model, `options` types the second argument of `check`. */
export function rule<L extends Language, O extends Options = Record<never, never>>(
  definition: RuleDefinition<L, O>,
): Rule {
  // The engine hands a rule only models of the languages in `on`, and values that its own schemas have accepted.
  return { options: {}, ...definition } as unknown as Rule;
}

/**
 * A finding at a place; extras are its fixes, a severity where this case differs from the rule's own, and what was resolved
 * from other places.
 */
export function at(place: Place, message: string, ...extras: readonly (Fix | Severity | Resolved)[]): Finding {
  const fixes: Fix[] = [];
  let [severity, found]: [Severity?, Resolved?] = [];
  for (const extra of extras) {
    if (typeof extra === "string") severity ??= extra;
    else if ("resolved" in extra) found ??= extra;
    else fixes.push(extra);
  }
  return { span: spanOf(place), message, fixes, ...(severity && { severity }), ...found };
}

/** What was resolved for a finding, as the hover shows it: `final stage "app", user from stage "base": root`. */
export const resolved = (text: string): Resolved => ({ resolved: text });

/** A fix that is right in every case: it may be applied unseen and takes part in fix-all. */
export const fix = (title: string, ...edits: readonly Edit[]): Fix => ({ title, safe: true, edits });

/** A safe fix that creates a file and leaves all others as they are. */
export const create = (title: string, newFile: NewFile): Fix => ({ title, safe: true, edits: [], newFile });

/** A fix that a person confirms: it may change behaviour, or its value is a guess. */
export const suggest = (title: string, ...edits: readonly Edit[]): Fix => ({ title, safe: false, edits });

/** A fix with placeholders to fill in, in the syntax of snippets: `${1:name}`, `$0`; a literal `$` is written `\$`. */
export const snippet = (title: string, ...edits: readonly Edit[]): Fix => ({
  title,
  safe: false,
  edits,
  snippet: true,
});

/** As `snippet`, for edits that are dear to make: they are made when somebody asks for them. */
export function lateSnippet(title: string, make: () => readonly Edit[]): Fix {
  let made: readonly Edit[] | undefined;
  return {
    title,
    safe: false,
    snippet: true,
    get edits() {
      made ??= make();
      return made;
    },
  };
}

export const replace = (place: Place, text: string): Edit => ({ span: spanOf(place), text });
export const insertBefore = (place: Place, text: string): Edit => insertAt(spanOf(place).start, text);
export const insertAfter = (place: Place, text: string): Edit => insertAt(spanOf(place).end, text);
export const insertAt = (offset: number, text: string): Edit => ({ span: { start: offset, end: offset }, text });
export const remove = (place: Place): Edit => ({ span: spanOf(place), text: "" });
