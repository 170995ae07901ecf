// Scripts and steps of a job turned into what they prove about it: the same for every dialect.

import type { Span } from "../../text.js";
import type { YamlScalar } from "../yaml/model.js";
import { isThrowawayAction } from "./actions.js";
import { evidenceOfCommand, isTakeDown, isThrowaway } from "./commands.js";
import { canRun } from "./condition.js";
import type { Command, Environment, Evidence, Step, Work } from "./model.js";
import { publishEnvironments } from "./name-roles.js";
import { rolesOfName, tierOfName } from "./names.js";
import type { OwnRoles } from "./own-roles.js";
import { commandsOf } from "./shell.js";

/** The commands in a scalar of a YAML text. Their places are exact except in quoted text with escapes. */
export function commandsIn(text: string, node: YamlScalar): readonly Command[] {
  const { start, end } = node.span;
  if (node.style === "missing") return [];
  if (node.style === "block") {
    const header = text.indexOf("\n", start);
    if (header < 0 || header >= end) return [];
    return commandsOf({ text, start: header + 1, end, folded: text[start] === ">" });
  }
  if (node.style === "plain") return commandsOf({ text, start, end, folded: true });
  if (text.slice(start + 1, end - 1) === node.text)
    return commandsOf({ text, start: start + 1, end: end - 1, folded: true });
  return commandsOf({ text: node.text, start: 0, end: node.text.length, span: node.span });
}

const nothingFailed = { failed: false, value: () => undefined };
const somethingFailed = { failed: true, value: () => undefined };

/** What the commands and the name of a step prove. A name only speaks where the commands leave its role open. */
export function workOfCommands(step: Step, own: OwnRoles): readonly Work[] {
  return finished(
    step,
    step.commands.flatMap((command) => evidenceOfCommand(command, own)),
  );
}

/** Takes the step's name and its condition into account. */
export function finished(step: Step, found: readonly Work[]): readonly Work[] {
  const { name, condition } = step;
  const open = name && !found.some((work) => work.role !== "unseen" && work.role !== "followed" && !work.weak);
  const all = open ? [...found, ...namedRoles(name, "step", step.span)] : found;
  if (!condition) return all;
  // What only runs after a failure undoes a deployment; it is none.
  if (!canRun(condition.expression, nothingFailed))
    return all.flatMap((work): readonly Work[] => {
      if (work.role === "deploy") return [{ ...work, role: "rollback" }];
      return work.role === "rollback" || work.role === "notify" ? [work] : [];
    });
  if (!canRun(condition.expression, somethingFailed)) return all;
  return all.map((work) => (work.role === "deploy" ? { ...work, anyway: condition.text } : work));
}

/** What a name makes likely. */
export function namedRoles(name: string, by: "step" | "job" | "stage", span: Span | undefined): readonly Evidence[] {
  const all = rolesOfName(name);
  if (all.length === 0) return [];
  const clear = rolesOfName(name, "clear");
  const tier = all.includes("deploy") ? tierOfName(name) : undefined;
  return (by === "step" ? clear : all).map((role) => ({
    role,
    text: name,
    by,
    weak: true,
    ...(!clear.includes(role) && { vague: true }),
    ...(role === "deploy" && tier && { tier }),
    ...(span && { span }),
  }));
}

/** Whether a job brings up its own cluster, or takes down what it has put up: what it deploys is there for a test. */
export const isForTest = (steps: readonly Step[]): boolean =>
  steps.some(
    ({ uses, commands, condition }) =>
      (uses && isThrowawayAction(uses.text)) ||
      commands.some(isThrowaway) ||
      (commands.some(isTakeDown) && (!condition || canRun(condition.expression, somethingFailed))),
  );

/** The work of such a job. */
export const forTest = (work: readonly Work[]): readonly Work[] =>
  work.map((one) => (one.role === "deploy" ? { ...one, tier: "review" } : one));

/** What the environment of a job makes likely; one for packages or documents is no place to deploy to. */
export function evidenceOfEnvironment({ name, deploys }: Environment): readonly Evidence[] {
  if (deploys === false) return [];
  const role = name !== undefined && publishEnvironments.has(name.toLowerCase()) ? "publish" : "deploy";
  const tier = name === undefined ? undefined : tierOfName(name);
  return [
    {
      role,
      text: name === undefined ? "environment" : `environment: ${name}`,
      by: "environment",
      weak: true,
      ...(tier && { tier }),
    },
  ];
}

const checks: ReadonlySet<string> = new Set(["lint", "test", "integration", "security"]);

/** The step with what it checks by something else than commands. */
export function checking({ step, work }: { readonly step: Step; readonly work: readonly Work[] }): Step {
  if (step.commands.length > 0) return step;
  const found = work.filter(
    (one): one is Evidence => checks.has(one.role) && "by" in one && one.by === "action" && !one.weak,
  );
  return found.length > 0 ? { ...step, checks: found } : step;
}
