// Evidence over a workspace of texts, for the tests of this folder.

import { catalogue } from "../../../../server/engine/catalogue.gen.js";
import { createBasis } from "../../../../server/engine/protocol/evidence/basis.js";
import type { RuleCount } from "../../../../server/engine/protocol/evidence/findings.js";
import type { Evidence } from "../../../../server/engine/protocol/model.js";
import { outputsNear } from "../../../../server/engine/protocol/outputs.js";
import { engineOver } from "../../../harness/engine.js";
import { dop } from "../dop.js";

export type Files = Readonly<Record<string, string>>;

interface Surroundings {
  readonly findings?: readonly RuleCount[];
  readonly speaksFor?: (path: string) => boolean;
  /** Files that exist and could not be read. */
  readonly unreadable?: readonly string[];
}

/** What a piece of evidence comes to: its state, its words, its places as "path:line what" with lines from one. */
export function shows(evidence: Evidence, files: Files, { unreadable = [], ...rest }: Surroundings = {}) {
  const engine = engineOver(catalogue, files);
  for (const path of unreadable) engine.note(path);
  const outputs = outputsNear("/repo/docs/tracker.md", dop, engine.evidence.lookup, () => true);
  const [result] = createBasis(dop, engine.evidence, { outputs, ...rest }).evidence([evidence]);
  if (!result) throw new Error("no result");
  const { state, text, places } = result;
  return { state, text, places: places.map(({ path, line, what }) => `${path}:${line + 1} ${what}`) };
}
