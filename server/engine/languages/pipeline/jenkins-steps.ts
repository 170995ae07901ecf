// Steps of a Jenkinsfile: shell scripts, steps of plugins, functions of the file, and what stands in blocks round them.
// Source: Jenkins documentation, "Pipeline Syntax" and "Pipeline Steps Reference".

import { argumentOf, type Block, nameOf, type Statement, stringOf, type Token } from "./jenkins-read.js";
import type { Condition, Step, Work } from "./model.js";
import { rolesOfName } from "./names.js";
import type { OwnRoles } from "./own-roles.js";
import { commandsOf } from "./shell.js";
import { harmlessSteps, stepGroups } from "./step-roles.js";
import { usesOf } from "./uses.js";
import { finished, workOfCommands } from "./work.js";

export interface JenkinsStep {
  readonly step: Step;
  readonly work: readonly Work[];
}

export interface Names {
  readonly text: string;
  readonly own: OwnRoles;
  /** Variables of the script that hold an image of the Docker plugin. */
  readonly images: ReadonlySet<string>;
  /** Functions of the file. */
  readonly functions: ReadonlyMap<string, Block>;
  /** How many calls of them may still be followed. */
  readonly budget: { left: number };
}

interface Way {
  readonly depth: number;
  readonly condition?: Condition;
  /** A step round it that lets the stage go on after a failure. */
  readonly lenient?: Token;
}

const maximumDepth = 40;

/** The steps of a list of statements, in their order, with those in the blocks of others. */
export function stepsOf(
  names: Names,
  statements: readonly Statement[],
  way: Way = { depth: 0 },
): readonly JenkinsStep[] {
  if (way.depth > maximumDepth) return [];
  return statements.flatMap((statement) => stepOf(names, statement, way));
}

const shells: ReadonlySet<string> = new Set(["sh", "bat", "powershell", "pwsh"]);

function stepOf(names: Names, statement: Statement, way: Way): readonly JenkinsStep[] {
  const call = callIn(statement);
  const name = nameOf(call);
  if (isDefinition(statement)) return [];
  const first = call.tokens[0];
  const lenient = name === "catchError" || name === "warnError" ? first : way.lenient;
  const inner: Way = { ...way, depth: way.depth + 1, ...(lenient && { lenient }) };
  const catches = name === "try" ? catchesOf(statement) : undefined;
  const inside = statement.blocks.flatMap((block, i) => stepsOf(names, block.statements, catches?.(i, inner) ?? inner));
  if (shells.has(name)) return [shellStep(names, call, way, call === statement), ...inside];
  const own = names.functions.get(name);
  if (own && names.budget.left-- > 0) return [...stepsOf(names, own.statements, inner), ...inside];
  if (!first || name === "") return inside;
  const image = imageWork(names, statement, first);
  const work = image.length > 0 ? image : workOf(names, name, first, statement);
  if (work.length === 0) return inside;
  const step: Step = { ...aboutOf(statement, way), commands: [] };
  return [{ step, work: finished(step, work) }, ...inside];
}

/** How the steps run that stand in the blocks of `try … catch … finally`, by the number of the block. */
function catchesOf({ tokens, blocks }: Statement): (block: number, way: Way) => Way {
  const found = tokens.filter(({ kind, text }) => kind === "word" && text === "catch");
  const [first] = found;
  const swallows = first && blocks.slice(1, found.length + 1).every((block) => block.statements.every(onlyTells));
  const failed: Condition = { expression: "failure()", text: "catch" };
  return (block, way) => {
    if (block === 0) return swallows ? { ...way, lenient: first } : way;
    return block <= found.length && !way.condition ? { ...way, condition: failed } : way;
  };
}

/** Whether a statement certainly lets the build go on as if nothing had happened. */
function onlyTells(statement: Statement): boolean {
  const { tokens, blocks } = statement;
  const name = nameOf(statement);
  if (blocks.length > 0) return false;
  if (name.startsWith("currentBuild."))
    return tokens.at(-1)?.kind === "string" && !/FAIL|ABORT/.test(tokens.at(-1)?.text ?? "");
  return telling.has(name) || (shells.has(name) && !/\bexit\b/.test(stringOf(statement)?.text ?? "exit"));
}

const telling: ReadonlySet<string> = new Set(
  "echo print println unstable junit archiveArtifacts publishHTML slackSend mail emailext".split(" "),
);

/** `docker.build("x")` and `image.push()` of the Docker plugin. */
function imageWork({ images }: Names, { tokens }: Statement, { span }: Token): readonly Work[] {
  const calls = (on: number, method: string): boolean =>
    tokens[on + 1]?.text === "." && tokens[on + 2]?.text === method && tokens[on + 3]?.text === "(";
  const plugin = tokens.findIndex((token, i) => token.text === "docker" && (calls(i, "build") || calls(i, "image")));
  const builds = plugin >= 0 && calls(plugin, "build");
  const pushed = tokens.some((token, i) => calls(i, "push") && (plugin >= 0 || (i === 0 && images.has(token.text))));
  return [
    ...(builds ? [{ role: "build", text: "docker.build", by: "action", span } as const] : []),
    ...(pushed ? [{ role: "publish", text: "image.push", by: "action", span } as const] : []),
  ];
}

/** `def out = sh(…)` and `if (sh(…) == 0)` call a shell all the same. */
function callIn(statement: Statement): Statement {
  const { tokens } = statement;
  const at = tokens.findIndex(
    ({ kind, text }, i) => kind === "word" && shells.has(text) && tokens[i - 1]?.text !== ".",
  );
  return at > 0 ? { ...statement, tokens: tokens.slice(at) } : statement;
}

const aboutOf = (statement: Statement, { condition, lenient }: Way): Pick<Step, "span" | "condition" | "lenient"> => ({
  span: statement.span,
  ...(condition && { condition }),
  ...(lenient && { lenient: { text: lenient.text, span: lenient.span } }),
});

function shellStep({ text, own }: Names, call: Statement, way: Way, isAlone: boolean): JenkinsStep {
  const script = argumentOf(call, "script") ?? stringOf(call);
  // What the script keeps or compares, it can act upon.
  const status = isAlone
    ? call.tokens.find((token, i) => token.text === "returnStatus" && call.tokens[i + 2]?.text === "true")
    : undefined;
  const label = argumentOf(call, "label");
  const about = aboutOf(call, status ? { ...way, lenient: status } : way);
  const known = script?.kind === "string";
  const step: Step = {
    ...about,
    ...(label?.kind === "string" && { name: label.text }),
    commands: known ? commandsOf({ text, start: script.span.start, end: script.span.end }) : [],
    ...(known && { script: { text: script.text, span: script.span } }),
  };
  const [first] = call.tokens;
  const hidden: readonly Work[] = known || !first ? [] : [{ role: "unseen", text: "sh", span: first.span }];
  return { step, work: [...workOfCommands(step, own), ...hidden] };
}

/** What a step of a plugin or of a shared library does; a name that tells nothing may stand for anything. */
function workOf({ own }: Names, name: string, { span }: Token, { tokens, blocks }: Statement): readonly Work[] {
  const [head = ""] = name.split(".");
  if (name === "build") return [{ role: "unseen", text: "build job", span }];
  const known = steps.evidenceOf(name, name, span, new Map(), own).filter(({ weak }) => !weak);
  if (known.length > 0) return known;
  const [next, behind] = tokens.slice(name.split(".").length * 2 - 1);
  const hasArguments = next?.kind === "string" || next?.text === "(" || behind?.text === ":";
  const isCall = blocks.length > 0 || hasArguments || tokens.length === 1;
  if (harmlessSteps.has(head) || !isCall || /^(?:[A-Z]|get[A-Z])/.test(head)) return [];
  const weak = steps.evidenceOf(name, name, span, new Map());
  if (name.includes(".") && weak.length === 0) return [];
  return [
    ...weak,
    ...(rolesOfName(name).length > 0 && weak.length > 0 ? [] : [{ role: "unseen", text: name, span } as const]),
  ];
}

const steps = usesOf(stepGroups);

/** `def deploy(x) { … }`. */
export const isDefinition = ({ tokens, blocks }: Statement): boolean =>
  blocks.length > 0 &&
  /^(?:def|void|String|boolean|private|static)$/.test(tokens[0]?.text ?? "") &&
  tokens[2]?.text === "(";
