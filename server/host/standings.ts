// How far every tracker of a workspace is: its text, its documents, the evidence in other files and their findings.

import { createBasis } from "../engine/protocol/evidence/basis.js";
import { countFindings } from "../engine/protocol/evidence/findings.js";
import { type Outputs, outputsNear } from "../engine/protocol/outputs.js";
import { type Progress, readProgress } from "../engine/protocol/progress.js";
import { type Scope, scopeOf } from "../engine/protocol/scopes.js";
import type { Survey, SurveyedFinding } from "./survey.js";
import { readTerritory, type TerritoryParts } from "./territory.js";
import type { FoundTracker, MissingTracker, Trackers } from "./trackers.js";

/** A tracker with all that is known about it. Paths are the engine's. */
export interface TrackerStanding extends FoundTracker {
  readonly progress: Progress;
  readonly outputs: Outputs;
  /** What was found in the files that the tracker speaks for; undefined as long as not every file has been judged. */
  readonly findings: readonly SurveyedFinding[] | undefined;
}

export interface Standings {
  /** Every tracker of the workspace, in the order of paths and protocols. */
  all(): Promise<readonly (TrackerStanding | MissingTracker)[]>;
  /** The tracker of a protocol in a file. */
  of(path: string, protocol: string): Promise<TrackerStanding | undefined>;
}

export const isFound = <F extends FoundTracker>(one: F | MissingTracker): one is F => "tracker" in one;

export function createStandings(
  parts: TerritoryParts,
  trackers: Trackers,
  survey: Pick<Survey, "findings">,
): Standings {
  const { engine } = parts;
  const standing = (found: FoundTracker, speaksFor: Scope): TrackerStanding => {
    const { path, protocol, tracker } = found;
    const outputs = outputsNear(path, protocol, engine.evidence.lookup, speaksFor);
    const findings = survey.findings()?.filter((finding) => speaksFor(finding.path));
    const counts = findings && countFindings(findings);
    const basis = createBasis(protocol, engine.evidence, { outputs, findings: counts, speaksFor });
    return { ...found, progress: readProgress(protocol, tracker, basis), outputs, findings };
  };

  const all: Standings["all"] = async () => {
    const found = await trackers.all();
    const { counts, folders } = await readTerritory(parts);
    return found.map((one) => {
      if (!isFound(one)) return one;
      const same = found.filter(isFound).filter(({ protocol }) => protocol.id === one.protocol.id);
      const speaksFor = scopeOf(
        one.path,
        same.map(({ path }) => path),
        folders,
      );
      return standing(one, (path) => speaksFor(path) && counts(path));
    });
  };

  return {
    all,
    async of(path, protocol) {
      const standings = (await all()).filter(isFound<TrackerStanding>);
      return standings.find((one) => one.path === path && one.protocol.id === protocol);
    },
  };
}
