// Where a build leaves what its instructions hold.

import { chainOf, type Dockerfile, type Instruction } from "../../languages/dockerfile/model.js";

/** Says where a secret in an instruction stays; `inFinalImage`: its stage is one that the final image is made of. */
export function keptWhere({ name, stage, onbuild }: Instruction, inFinalImage: boolean): string {
  if (!stage) return `${name} leaves it in the records of the build`;
  if (!inFinalImage && !onbuild) return `${name} leaves it in the build cache`;
  return name === "ARG" || name === "RUN"
    ? `${name} leaves it in the history of the image`
    : `${name} stores it in the image`;
}

/** Tells of an instruction whether its stage is one that the final image is made of. */
export function finalImageOf({ final }: Dockerfile): (instruction: Instruction) => boolean {
  const chain = new Set(final && chainOf(final));
  return ({ stage }) => stage !== undefined && chain.has(stage);
}
