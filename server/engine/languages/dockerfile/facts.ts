// What a Dockerfile says to the other files of the workspace: who the images of its stages run as.

import type { Fact } from "../../workspace.js";
import { chainOf, type Dockerfile, type Stage } from "./model.js";
import { stepDownCommands, stepDownsIn } from "./user.js";

export interface DockerfileFacts {
  /** By the path of the Dockerfile; its stages in their order. */
  "dockerfile.stage": StageFact;
}

export interface StageFact {
  readonly index: number;
  /** In small letters: stages are found so. */
  readonly name?: string;
  readonly final: boolean;
  /** Whether its USER is the superuser. */
  readonly root: boolean | "unknown";
  /** The image at the bottom of its chain, where none of the chain sets a USER. */
  readonly startsAs?: string;
  /** Commands it knows by which a process gives root up. */
  readonly stepsDown: readonly string[];
}

export function facts(file: Dockerfile): readonly Fact[] {
  return file.stages.map((stage) => ({ kind: "dockerfile.stage", key: file.path, value: toFact(file, stage) }));
}

function toFact(file: Dockerfile, stage: Stage): StageFact {
  const { root, instruction } = file.userOf(stage);
  const base = chainOf(stage).at(-1)?.base;
  // What is there for builds on top of it is not run itself.
  const isRun = !stage.instructions.some(({ onbuild }) => onbuild);
  return {
    index: stage.index,
    final: stage === file.final,
    root: isRun && root,
    stepsDown: stepDownsIn(file.text, stage, stepDownCommands),
    ...(stage.name !== undefined && { name: stage.name.toLowerCase() }),
    ...(isRun && !instruction && base?.kind === "image" && { startsAs: base.image.text }),
  };
}
