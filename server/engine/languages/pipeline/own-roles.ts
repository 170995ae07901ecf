// What a team says of its own commands, actions and jobs: the section `pipeline.roles` of a configuration, as patterns
// that the readers of all dialects ask before the catalogues that come with Dakota.

import { like } from "../../image.js";
import type { Span } from "../../text.js";
import type { Evidence, JobOutline, Pipeline, Role, Tier, Work } from "./model.js";
import { matches, type Patterns, patternsOf, programOf } from "./patterns.js";

/** Roles that a configuration can name, with what they say of a step. */
export const roles: Readonly<Record<Role, string>> = {
  lint: "Reads code without running it",
  test: "Tests the code",
  security: "Looks for vulnerabilities or secrets",
  build: "Makes what is deployed",
  publish: "Hands out packages, images or documents",
  plan: "Shows what a change of infrastructure would do",
  deploy: "Changes what runs in an environment",
  integration: "Tests what is deployed, or several parts together",
  smoke: "Looks whether a deployment works",
  health: "Waits until a deployment is up",
  approval: "Waits for a person",
  rollback: "Takes a deployment back",
  notify: "Tells people",
};

export const tiers: readonly Tier[] = ["production", "staging", "development", "review"];

/** One entry of the section; the first key tells what the pattern is matched against. */
export interface Sign {
  readonly role: Role;
  /** `run`: a command; `uses`: an action, task, orb command or step of a plugin; `job`: the name of a job. */
  readonly by: "run" | "uses" | "job";
  readonly pattern: string;
  /** Where a deployment goes. */
  readonly environment?: Tier;
}

/** The signs of one configuration, ready to be asked. */
export interface OwnRoles {
  /** @param words a program and its arguments; `text` and `span` are those of the command as written */
  ofCommand(words: readonly string[], text: string, span: Span): readonly Evidence[];
  /** @param names all that it may be called; versions behind "@" and letter case do not count */
  ofUse(names: readonly string[], text: string, span: Span): readonly Evidence[];
  ofJob(names: readonly string[]): readonly Evidence[];
  /** Whether commands of this program are spoken of. */
  knows(program: string): boolean;
}

const nothing: readonly Evidence[] = [];

export const noOwnRoles: OwnRoles = {
  ofCommand: () => nothing,
  ofUse: () => nothing,
  ofJob: () => nothing,
  knows: () => false,
};

/** Makes the signs of a configuration ready; the same list is made ready once. */
export function ownRolesOf(signs: readonly Sign[] | undefined): OwnRoles {
  if (!signs || signs.length === 0) return noOwnRoles;
  const known = made.get(signs) ?? toOwnRoles(signs);
  made.set(signs, known);
  return known;
}

const made = new WeakMap<readonly Sign[], OwnRoles>();

function toOwnRoles(signs: readonly Sign[]): OwnRoles {
  const commands: Patterns<Sign> = patternsOf(
    signs.filter(({ by }) => by === "run").map((sign) => ({ patterns: [commandPattern(sign.pattern)], value: sign })),
  );
  const named = (by: Sign["by"]): readonly Sign[] => signs.filter((sign) => sign.by === by);
  const uses = named("uses");
  const jobs = named("job");
  return {
    knows: (program) => commands.of(program).length > 0,
    ofCommand: (words, text, span) =>
      commands
        .of(words[0] ?? "")
        .filter(({ pattern }) => matches(pattern, words))
        .map(({ value }) => toEvidence(value, text, "command", span)),
    ofUse(names, text, span) {
      const written = names.map((name) => withoutVersion(name.toLowerCase()));
      const found = uses.filter(({ pattern }) => written.some((name) => isUse(name, pattern.toLowerCase())));
      return found.map((sign) => toEvidence(sign, text, "action", span));
    },
    ofJob(names) {
      const written = names.map((name) => name.toLowerCase());
      const found = jobs.filter(({ pattern }) => written.some((name) => like(name, pattern.toLowerCase())));
      return found.map((sign) => toEvidence(sign, names[0] ?? "", "job", undefined));
    },
  };
}

/** `./scripts/release.sh *` asks for "release.sh" with any arguments, or none. */
function commandPattern(written: string): string {
  const [program = "", ...words] = written.trim().split(/\s+/);
  return [programOf(program), ...words.filter((word, i) => word !== "*" || i < words.length - 1)].join(" ");
}

const withoutVersion = (name: string): string => name.split("@", 1)[0] ?? name;

/** `acme/scan` is also `acme/scan/fast`, but not `acme/scanner`. */
function isUse(name: string, pattern: string): boolean {
  const wanted = withoutVersion(pattern);
  return like(name, wanted) || (!wanted.includes("*") && name.startsWith(`${wanted}/`));
}

const toEvidence = (
  { role, environment }: Sign,
  text: string,
  by: Evidence["by"],
  span: Span | undefined,
): Evidence => ({
  role,
  text,
  by,
  ...(role === "deploy" && environment && { tier: environment }),
  ...(span && { span }),
});

/** The pipeline with what its jobs are there for by their names. What such a job does unseen is known by that. */
export function withOwnJobs(pipeline: Pipeline, own: OwnRoles): Pipeline {
  const jobs = pipeline.outline.jobs.map((job) => named(job, own));
  return { ...pipeline, outline: { ...pipeline.outline, jobs } };
}

function named(job: JobOutline, own: OwnRoles): JobOutline {
  // A stage of Azure Pipelines does nothing but by its jobs.
  if (job.jobs) return { ...job, jobs: job.jobs.map((one) => named(one, own)) };
  const said = own.ofJob([job.id, job.id.slice(job.id.lastIndexOf(" / ") + 1), ...(job.title ? [job.title] : [])]);
  if (said.length === 0) return job;
  const seen = (work: readonly Work[]): readonly Work[] => work.filter(({ role }) => role !== "unseen");
  return {
    ...job,
    said,
    ...(job.before && { before: seen(job.before) }),
    ...(job.main && { main: seen(job.main) }),
    ...(job.after && { after: seen(job.after) }),
  };
}
