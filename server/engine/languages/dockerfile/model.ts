// What rules read of a Dockerfile: instructions, stages as a graph, and what can be told of the image that comes out.

import type { ImageReference, PulledImage } from "../../image.js";
import type { Span } from "../../text.js";
import type { Source } from "../source.js";
import type { Expanded, Value, Word } from "./words.js";

export type { Expanded, Word } from "./words.js";

export interface Dockerfile extends Source {
  /** The character that escapes and continues lines. */
  readonly escapeMark: string;
  /** All of them, in file order; those before the first FROM have no stage. */
  readonly instructions: readonly Instruction[];
  readonly stages: readonly Stage[];
  /** The stage whose image a build makes when no other is asked for. */
  readonly final: Stage | undefined;
  /** Who the final image runs as. */
  readonly user: EffectiveUser | undefined;
  /** Who the image of a stage runs as. */
  userOf(stage: Stage): EffectiveUser;
  /** Every image that FROM, `COPY --from`, `ADD --from` and `RUN --mount=from` pull, in file order. */
  readonly images: readonly ImageUse[];
  /** What a variable stands for where `at` stands; `undefined` when nothing sets it. */
  variable(name: string, at: Instruction): Value | undefined;
  /** A word (or a part of one) with the variables put in that hold where `at` stands. */
  expand(text: string, at: Instruction): Expanded;
}

export interface Instruction {
  /** In capitals. Behind ONBUILD it is the instruction that ONBUILD defers. */
  readonly name: string;
  /** From the keyword (or ONBUILD) to the end of its last line or heredoc. */
  readonly span: Span;
  readonly keyword: Span;
  /** True for what runs only in builds on top of this image. */
  readonly onbuild: boolean;
  readonly stage: Stage | undefined;
  /** The words starting with "--" before the first other word. */
  readonly flags: readonly Flag[];
  /** All others; the items of the JSON form when it has one. */
  readonly words: readonly Word[];
  /** Whether it is written as a JSON list, so that no shell reads it. */
  readonly exec: boolean;
  /** Everything behind the keyword, continuations taken out. */
  readonly rest: string;
  readonly heredocs: readonly Heredoc[];
  /** What ENV, ARG and LABEL set. */
  readonly assignments: readonly Assignment[];
}

export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  /** Without quotes; "" where it has none. */
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

/** A part of a flag's comma list: `from=alpine` in `--mount=type=bind,from=alpine`. */
export interface FlagField {
  readonly key: string;
  readonly value: string;
  readonly valueSpan: Span;
}

export interface Heredoc {
  readonly name: string;
  /** The lines between its marks; `undefined` when the closing mark is missing. */
  readonly body: Span | undefined;
}

export interface Assignment {
  readonly name: string;
  readonly nameSpan: Span;
  /** As written, with quotes; `undefined` for an ARG without default. */
  readonly raw: string | undefined;
  /** Without quotes, variables as written. */
  readonly value: string | undefined;
  /** Name, "=" and value. */
  readonly span: Span;
}

export interface Stage {
  readonly index: number;
  /** As written behind AS. */
  readonly name: string | undefined;
  readonly from: Instruction;
  /** The word that says what it is built on. */
  readonly baseWord: Word | undefined;
  readonly base: Base;
  /** Its instructions behind FROM, in file order. */
  readonly instructions: readonly Instruction[];
}

/** What a stage is built on. "unknown": a variable hides it. */
export type Base =
  | { readonly kind: "stage"; readonly stage: Stage }
  | { readonly kind: "image"; readonly image: ImageReference; readonly used: readonly string[] }
  | { readonly kind: "scratch" }
  | { readonly kind: "unknown" };

/** Who a stage's image runs as, and where that is said. */
export interface EffectiveUser {
  /** Its USER instruction; `undefined` when none in the chain sets it. */
  readonly instruction: Instruction | undefined;
  /** The stage with that instruction, or the one at the bottom of the chain. */
  readonly stage: Stage;
  /** The user part with variables put in; "" without an instruction. */
  readonly name: string;
  /** Whether it is the superuser; "unknown" where the text does not say. */
  readonly root: boolean | "unknown";
}

/** An image that a build pulls, and the instruction that names it. */
export interface ImageUse extends PulledImage {
  readonly instruction: Instruction;
}

/** The stage and those it is built on, nearest first. */
export function chainOf(stage: Stage): readonly Stage[] {
  const chain = [stage];
  for (let base = stage.base; base.kind === "stage"; base = base.stage.base) chain.push(base.stage);
  return chain;
}

/** "final stage "app"", "the final stage", or "the image" where there is but one stage. */
export function finalStageTitle({ stages, final }: Dockerfile): string {
  if (final?.name !== undefined) return `final stage "${final.name}"`;
  return stages.length > 1 ? "the final stage" : "the image";
}

/** How a message calls a stage. */
export const stageTitle = ({ name, index }: Stage): string =>
  name === undefined ? `stage ${index}` : `stage "${name}"`;
