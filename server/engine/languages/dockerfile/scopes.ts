// What variables stand for at each instruction: ARG before the first FROM, ARG and ENV of a stage, ENV of those below it.

import type { Instruction, Stage } from "./model.js";
import { type Expanded, expand, type Value } from "./words.js";

/** Asks for variables where an instruction stands. */
export interface Scopes {
  variable(name: string, at: Instruction): Value | undefined;
  expand(text: string, at: Instruction): Expanded;
}

/** The values a variable takes one after the other, with the offsets they hold from. */
type History = { readonly from: number; readonly value: Value | undefined }[];
type Variables = Map<string, History>;

interface StageScope {
  readonly parent: StageScope | undefined;
  readonly env: Variables;
  readonly args: Variables;
}

/**
 * Variables that a build sets by itself; their values are not in the text. Source: Dockerfile reference, "Predefined ARGs"
 * and "Automatic platform ARGs in the global scope".
 */
const predefined = new Set(
  ["TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT", "TARGETOSVERSION", "TARGETSTAGE"].concat(
    ["BUILDPLATFORM", "BUILDOS", "BUILDARCH", "BUILDVARIANT", "BUILDOSVERSION"],
    ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"],
    ["http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy"],
  ),
);

/** The scopes of a file; worked out when first asked for. `stages` may itself ask for variables of FROM instructions. */
export function createScopes(
  instructions: readonly Instruction[],
  escapeMark: string,
  stages: () => readonly Stage[],
): Scopes {
  let globals: Variables | undefined;
  let scopes: ReadonlyMap<Stage, StageScope> | undefined;

  const globalValue = (name: string, before: number): Value | undefined => {
    globals ??= readGlobals(instructions, escapeMark);
    return latest(globals, name, before) ?? hiddenValue(name);
  };
  const variable = (name: string, at: Instruction): Value | undefined => {
    if (at.name === "FROM" || !at.stage) return globalValue(name, at.span.start);
    scopes ??= readScopes(stages(), escapeMark, globalValue);
    const scope = scopes.get(at.stage);
    return scope && valueIn(scope, name, at.span.start);
  };
  return {
    variable,
    expand: (text, at) =>
      /[$'"\\`]/.test(text) ? expand(text, escapeMark, (name) => variable(name, at)) : { text, known: true, used: [] },
  };
}

function readGlobals(instructions: readonly Instruction[], escapeMark: string): Variables {
  const variables: Variables = new Map();
  for (const instruction of instructions) {
    if (instruction.name === "FROM") break;
    if (instruction.name !== "ARG" || instruction.onbuild) continue;
    for (const { name, raw } of instruction.assignments) {
      const lookup = (other: string) => latest(variables, other, instruction.span.end) ?? hiddenValue(other);
      set(variables, name, instruction.span.end, raw === undefined ? undefined : expand(raw, escapeMark, lookup));
    }
  }
  return variables;
}

function readScopes(
  stages: readonly Stage[],
  escapeMark: string,
  globalValue: (name: string, before: number) => Value | undefined,
): ReadonlyMap<Stage, StageScope> {
  const scopes = new Map<Stage, StageScope>();
  for (const stage of stages) {
    const { base } = stage;
    const parent = base.kind === "stage" ? scopes.get(base.stage) : undefined;
    const scope: StageScope = { parent, env: new Map(), args: new Map() };
    scopes.set(stage, scope);
    for (const { name, onbuild, span, assignments } of stage.instructions) {
      if (onbuild || (name !== "ENV" && name !== "ARG")) continue;
      // All values of one instruction see what held before it.
      const lookup = (other: string) => valueIn(scope, other, span.start);
      for (const { name: variable, raw } of assignments) {
        const own = raw === undefined ? globalValue(variable, span.start) : expand(raw, escapeMark, lookup);
        set(name === "ENV" ? scope.env : scope.args, variable, span.end, own);
      }
    }
  }
  return scopes;
}

/** ENV wins over ARG, and only ENV reaches the stages on top. */
function valueIn(scope: StageScope, name: string, before: number): Value | undefined {
  const own = latest(scope.env, name, before);
  if (own) return own;
  for (let below = scope.parent; below; below = below.parent) {
    const value = latest(below.env, name, Number.POSITIVE_INFINITY);
    if (value) return value;
  }
  return latest(scope.args, name, before);
}

function set(variables: Variables, name: string, from: number, value: Value | undefined): void {
  const history = variables.get(name);
  if (history) history.push({ from, value });
  else variables.set(name, [{ from, value }]);
}

function latest(variables: Variables, name: string, before: number): Value | undefined {
  const history = variables.get(name);
  if (!history) return undefined;
  let low = 0;
  let high = history.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((history[middle]?.from ?? 0) <= before) low = middle + 1;
    else high = middle;
  }
  return history[low - 1]?.value;
}

const hiddenValue = (name: string): Value | undefined =>
  predefined.has(name) ? { text: `\${${name}}`, known: false } : undefined;
