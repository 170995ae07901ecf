// Stages as a graph: what each is built on, and every image that a build pulls.

import { like, parseImage } from "../../image.js";
import { fieldsOf } from "./instruction.js";
import type { Base, ImageUse, Instruction, Stage } from "./model.js";
import type { Scopes } from "./scopes.js";
import type { Expanded, Word } from "./words.js";

/** The stages of a file, each linked to the earlier one it is built on. */
export function linkStages(instructions: readonly Instruction[], scopes: Scopes): readonly Stage[] {
  const stages: Stage[] = [];
  const byName = new Map<string, Stage>();
  let inside: Instruction[] = [];
  for (const instruction of instructions) {
    if (instruction.name !== "FROM" || instruction.onbuild) {
      inside.push(instruction);
      continue;
    }
    inside = [];
    const [baseWord, as, alias] = instruction.words;
    const name = as?.value.toUpperCase() === "AS" ? alias?.value : undefined;
    const base = toBase(baseWord, instruction, byName, scopes);
    const stage = { index: stages.length, name, from: instruction, baseWord, base, instructions: inside };
    stages.push(stage);
    if (name) byName.set(name.toLowerCase(), stage);
  }
  return stages;
}

/** Every image that FROM, `COPY --from`, `ADD --from` and `RUN --mount=from` pull; stages of the file are none. */
export function imageUses(
  instructions: readonly Instruction[],
  stages: readonly Stage[],
  scopes: Scopes,
): readonly ImageUse[] {
  const names = stages.flatMap(({ name }) => (name === undefined ? [] : [name.toLowerCase()]));
  const known = new Set(names);
  const isStage = (source: Expanded): boolean =>
    source.known ? known.has(source.text.toLowerCase()) : names.some((name) => mayBe(source.text, name));
  return instructions.flatMap((instruction) => {
    if (instruction.name !== "FROM" || instruction.onbuild) return otherUses(instruction, isStage, scopes);
    const stage = instruction.stage;
    if (!stage?.baseWord || stage.base.kind !== "image") return [];
    const { image, used } = stage.base;
    return [{ image, written: stage.baseWord.value, span: stage.baseWord.span, used, instruction }];
  });
}

function otherUses(
  instruction: Instruction,
  isStage: (source: Expanded) => boolean,
  scopes: Scopes,
): readonly ImageUse[] {
  const { name, rest } = instruction;
  // Flags are read only where one can name an image.
  if (!rest.startsWith("--") || !rest.includes("from=")) return [];
  const sources =
    name === "COPY" || name === "ADD"
      ? instruction.flags.filter((flag) => flag.name === "from")
      : name === "RUN"
        ? instruction.flags.flatMap((flag) => (flag.name === "mount" ? fieldsOf(flag).filter(isFrom) : []))
        : [];
  return sources.flatMap(({ value, valueSpan }): readonly ImageUse[] => {
    const source = scopes.expand(value, instruction);
    // Unlike FROM, these may also name a later stage, or any by its number.
    if (isStage(source) || /^(?:scratch|\d*)$/.test(source.text)) return [];
    return [{ image: parseImage(source.text), written: value, span: valueSpan, used: source.used, instruction }];
  });
}

const isFrom = ({ key }: { readonly key: string }): boolean => key === "from";

function toBase(word: Word | undefined, from: Instruction, earlier: ReadonlyMap<string, Stage>, scopes: Scopes): Base {
  if (!word) return { kind: "unknown" };
  const expanded = scopes.expand(word.text, from);
  if (expanded.known) {
    const stage = earlier.get(expanded.text.toLowerCase());
    if (stage) return { kind: "stage", stage };
    if (expanded.text === "scratch") return { kind: "scratch" };
  }
  if (!expanded.known && [...earlier.keys()].some((name) => mayBe(expanded.text, name))) return { kind: "unknown" };
  return { kind: "image", image: parseImage(expanded.text), used: expanded.used };
}

/** Whether a text with variables could be a name (in small letters) once they are put in: each stands for any text. */
function mayBe(text: string, name: string): boolean {
  return like(name, text.toLowerCase().replace(/\$\{[^}]*\}|\$\w+/g, "*"));
}
