// Pipelines of every dialect as one kind of data: jobs with their steps, images, conditions and environments, and an
// outline of what decides the order, in a form that other files of the workspace can read as well.

import type { Span } from "../../text.js";
import type { Source } from "../source.js";

/** The pipeline languages that have a parser here. */
export type Dialect = "github" | "gitlab" | "azure" | "circleci" | "jenkins";

/** What a job or a step is there for. `publish` hands out packages and documents; `plan` previews infrastructure
 * changes; `health` waits until what was deployed is up; `approval` waits for a person. */
export type Role =
  | "lint"
  | "test"
  | "security"
  | "build"
  | "publish"
  | "plan"
  | "deploy"
  | "integration"
  | "smoke"
  | "health"
  | "approval"
  | "rollback"
  | "notify";

/** How close an environment is to the users; `review` stands for short-lived ones that exist to be tested. */
export type Tier = "production" | "staging" | "development" | "review";

/** Why a role is seen in a job. */
export interface Evidence {
  readonly role: Role;
  /** The text it was recognised by, on one line. */
  readonly text: string;
  readonly by: "command" | "action" | "template" | "step" | "job" | "stage" | "environment";
  /** A name, or a command that serves other ends as well: proves nothing alone. */
  readonly weak?: true;
  /** A word that may mean something else: counts only for a job of which nothing else is known. */
  readonly vague?: true;
  /** Where this text says that it deploys to. */
  readonly tier?: Tier;
  /** It changes infrastructure: a plan is its preview. */
  readonly infrastructure?: true;
  /** The condition by which it is done even when an earlier step of the job has failed. */
  readonly anyway?: string;
  /** Absent where the text stands in another file. */
  readonly span?: Span;
}

/** A place where work is done that cannot be seen from here: any role may hide in it. */
export interface Unseen {
  readonly role: "unseen";
  readonly text: string;
  readonly span?: Span;
}

/** A local action, or lines of another job: followed where the jobs of all files come together. */
export interface Followed {
  readonly role: "followed";
  readonly text: string;
  readonly action?: string;
  readonly reference?: readonly string[];
  /** What it gives to the parameters of that file. */
  readonly arguments?: Readonly<Record<string, string>>;
  readonly span?: Span;
}

export type Work = Evidence | Unseen | Followed;

/** When a job runs. `expression` is written in the terms of GitHub: without a status function it means `success() && …`. */
export interface Condition {
  readonly expression: string;
  /** As the author wrote it. */
  readonly text: string;
}

/** `name` is absent where an expression decides: it may be any environment. */
export interface Environment {
  readonly name?: string;
  /** False for an action that only prepares, verifies or stops an environment. */
  readonly deploys?: boolean;
  /** The dialect can take it back: a job that stops it, or a rollback of its own. */
  readonly rollback?: true;
}

/** Branches by their names: only these, or all but these. */
export interface BranchFilter {
  readonly only?: readonly string[];
  readonly ignore?: readonly string[];
}

/** What a stage or job of a template says with parameters in it, as written. */
export interface Open {
  readonly id?: string;
  readonly title?: string;
  readonly environment?: string;
  readonly needs?: readonly string[];
}

/** What a job says about its place in the order. A key that is absent leaves it to what the job extends, or to the dialect. */
export interface JobOutline {
  readonly id: string;
  readonly title?: string;
  /** The job of the file that it runs, where it does so under another name. */
  readonly runs?: string;
  /** The key of the job; absent where it stands in another file. */
  readonly span?: Span;
  /** A template for other jobs that does not run itself. */
  readonly hidden?: true;
  readonly extends?: readonly string[];
  readonly stage?: string;
  readonly needs?: readonly string[];
  /** It waits for work in other pipelines, or for jobs that an expression names. */
  readonly needsUnseen?: true;
  /** It stands under an expression of Azure Pipelines: whether it is there, and behind what, cannot be told. */
  readonly undecided?: true;
  /** It says itself when it starts: what it extends does not. */
  readonly startSaid?: true;
  readonly condition?: Condition;
  /** The branches that it runs for; absent for all, and where an expression decides. */
  readonly branches?: BranchFilter;
  /** Waits for a person; `optional` lets everything behind it go on without. */
  readonly manual?: "blocking" | "optional";
  readonly environment?: Environment;
  /** The pipeline file that it runs instead of steps, as written. */
  readonly calls?: string;
  /** What it gives to the parameters of that file. */
  readonly arguments?: Readonly<Record<string, string>>;
  readonly open?: Open;
  /** It is a stage of Azure Pipelines: these are its jobs. */
  readonly jobs?: readonly JobOutline[];
  /** What the team says that it is there for, by its name. */
  readonly said?: readonly Evidence[];
  readonly before?: readonly Work[];
  readonly main?: readonly Work[];
  readonly after?: readonly Work[];
}

/** How many jobs a pipeline may have to be followed: GitLab allows 500, GitHub 256 of a matrix. */
export const maximumJobs = 500;

/** Another file whose jobs belong to this pipeline. */
export interface Include {
  readonly text: string;
  /** From the root of the repository, `*` and `**` allowed; absent for what lies outside of it. */
  readonly local?: string;
  /** A template that the dialect ships, with what is known of its jobs. */
  readonly brings?: readonly Role[];
  readonly span?: Span;
}

/** What a pipeline file says about order and roles: all that another file may need of it. */
export interface Outline {
  readonly dialect: Dialect;
  /** `part` is a file that only lives as a part of other pipelines, `action` a list of steps that jobs share. */
  readonly kind: "pipeline" | "part" | "action";
  readonly name?: string;
  /** Names of the events that start it; none where the dialect starts it on every change. */
  readonly triggers: readonly string[];
  /** Names of the workflows whose end starts this one. */
  readonly follows?: readonly string[];
  /** Stages in their order where the dialect has them; absent where the file declares none. */
  readonly stages?: readonly string[];
  readonly includes?: readonly Include[];
  readonly jobs: readonly JobOutline[];
  /** What holds for every job that does not say otherwise. */
  readonly defaults?: JobOutline;
  /** Defaults of its parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Keys that could not be read: what is absent from this file proves nothing. */
  readonly broken?: true;
}

/** A command of a script: the program (without its folder) and its arguments, without quotes. */
export interface Command {
  readonly words: readonly string[];
  readonly text: string;
  readonly span: Span;
  /** What stands between it and the next command. */
  readonly joint: "&&" | "||" | "|" | ";";
  /** It runs on another machine, through ssh. */
  readonly remote?: true;
}

export interface Step {
  readonly span: Span;
  readonly name?: string;
  readonly condition?: Condition;
  /** The action as written: `actions/checkout@v4`, `./local`, `docker://image`. */
  readonly uses?: Text;
  readonly commands: readonly Command[];
  /** The script as a whole. */
  readonly script?: Text;
  /** What the action is given. */
  readonly inputs?: readonly Setting[];
  /** What lets the pipeline go on after its failure. */
  readonly lenient?: Text;
  /** What its action or task checks; commands are asked themselves. */
  readonly checks?: readonly Evidence[];
}

/** A scalar with its place. */
export interface Text {
  readonly text: string;
  readonly span: Span;
}

/** An image that a job or a step runs in or beside, once for every value it takes; unknown parts stay as written (`$X`). */
export interface ImageUse {
  readonly text: string;
  /** The place of the image, or of the matrix value or variable that makes it what it is. */
  readonly span: Span;
  readonly kind: "job" | "service" | "step";
  /** The matrix value or variable that was put in. */
  readonly from?: string;
}

/** A value under a name: a variable, an input, the login of a registry. */
export interface Setting {
  readonly name: string;
  readonly value: Text;
  readonly kind: "variable" | "input" | "login";
  /** The job it is for; absent for what all jobs get. */
  readonly job?: string;
  /** A reference to a stored secret can stand in its place. */
  readonly replaceable?: true;
  /** It is filled with the stored secret of which `value` is the name. */
  readonly stored?: true;
  /** The part of the text that it holds for, where that is less than a job. */
  readonly within?: Span;
}

/** Code of others that runs in the pipeline; what is written after `ref` decides which state of it. */
export interface Use {
  readonly kind: "action" | "workflow" | "include";
  /** Without the ref: `actions/checkout`. */
  readonly name: string;
  /** Absent where nothing names one: then it is the main branch, or nothing at all on GitHub. */
  readonly ref?: Text;
  readonly span: Span;
}

/** How long a job may run; `minutes` is absent where an expression decides. */
export interface Limit {
  readonly minutes?: number;
  readonly span: Span;
}

export interface Job {
  readonly id: string;
  readonly span: Span;
  readonly steps: readonly Step[];
  readonly permissions?: Permissions;
  readonly timeout?: Limit;
  /** What lets the pipeline go on after its failure. */
  readonly lenient?: Text;
  /** The pipeline file that it runs instead of steps. */
  readonly calls?: Text;
  /** It hands every secret on to the file that it calls. */
  readonly inherits?: Span;
  /** Branches that a condition of the job names as those that start it. */
  readonly branches?: readonly Text[];
  /** How it replaces what runs, where the dialect has words for it: `rolling`, `canary`. */
  readonly strategy?: string;
}

export interface Trigger {
  readonly event: string;
  readonly span: Span;
}

export interface Schedule {
  readonly cron: string;
  readonly span: Span;
  /** Ids of the jobs that it starts; absent where it starts all of them. */
  readonly jobs?: readonly string[];
}

/** What a token may do: everything, nothing but reading, or a level for each scope. */
export interface Permissions {
  readonly span: Span;
  readonly all?: "read" | "write";
  readonly scopes: readonly { readonly scope: string; readonly level: string; readonly span: Span }[];
}

export interface Pipeline extends Source {
  readonly dialect: Dialect;
  readonly triggers: readonly Trigger[];
  readonly schedules: readonly Schedule[];
  readonly permissions?: Permissions;
  readonly jobs: readonly Job[];
  /** Steps that stand above the jobs, and that each of them runs. */
  readonly shared?: readonly Step[];
  readonly images: readonly ImageUse[];
  readonly settings?: readonly Setting[];
  readonly uses?: readonly Use[];
  /** A limit for every job that sets none. */
  readonly timeout?: Limit;
  /** Branches whose changes start it, as written. */
  readonly branches?: readonly Text[];
  readonly outline: Outline;
}

/** The folder of the repository that a pipeline file belongs to; undefined where its path does not tell. */
export function repositoryOf(path: string, dialect: Dialect): string | undefined {
  const at = path.lastIndexOf(dialect === "github" ? "/.github/" : dialect === "circleci" ? "/.circleci/" : "/");
  if (at < 0) return undefined;
  const folder = path.slice(0, at);
  return dialect === "azure" || dialect === "jenkins" ? folder.replace(pipelineFolders, "") : folder;
}

/** Folders that repositories keep pipelines in, at the end of a path: these dialects find them wherever they stand. */
const pipelineFolders =
  /(?:\/\.?(?:azure|azdo|azuredevops|azure-devops|azure-pipelines?|vsts|vsts-ci|pipelines?|devops|ci|cd|cicd|ci-cd|eng|jenkins|jenkinsfiles?|templates?|stages|jobs|steps))+$/i;
