// Every checklist and workflow of the protocols in force, and the documents in which they are in use.

import { parseMarkdown } from "../engine/languages/markdown/parse.js";
import { createBasis } from "../engine/protocol/evidence/basis.js";
import { countFindings } from "../engine/protocol/evidence/findings.js";
import { type Checklist, checklistId, type Protocol } from "../engine/protocol/model.js";
import { outputsNear } from "../engine/protocol/outputs.js";
import type { EvidenceResult } from "../engine/protocol/progress.js";
import { findRuns, listOf, type Point, type Run } from "../engine/protocol/runs.js";
import { type Scope, scopeAround } from "../engine/protocol/scopes.js";
import { protocolsInForce } from "./inForce.js";
import type { Survey } from "./survey.js";
import { readTerritory, type Territory } from "./territory.js";
import type { TrackerParts } from "./trackers.js";

/** A list with its runs, the newest first. */
export interface ListInUse {
  readonly id: string;
  readonly protocol: Protocol;
  readonly checklist: Checklist;
  readonly runs: readonly RunStanding[];
}

/** A run, and what the workspace shows of its points. */
export interface RunStanding extends Run {
  evidence(point: Point): readonly EvidenceResult[];
}

export interface Runs {
  all(): Promise<readonly ListInUse[]>;
  /** The runs in a file, as it is now. */
  at(path: string): Promise<readonly Run[]>;
}

/** @param survey the findings of the workspace, for evidence that asks for clean files */
export function createRuns(parts: TrackerParts, survey?: Pick<Survey, "findings">): Runs {
  const { engine, files, settings, protocols } = parts;
  const inForce = async (path: string): Promise<readonly Protocol[]> => (await settings(path)).protocols ?? protocols();
  const at: Runs["at"] = async (path) => {
    const text = await files.readText(path);
    return text === undefined ? [] : findRuns(parseMarkdown(path, text), await inForce(path));
  };
  const trackersIn = ({ counts }: Territory) => {
    const { lookup } = engine.evidence;
    return lookup
      .keys("markdown.tracker")
      .flatMap((protocol) => lookup.facts("markdown.tracker", protocol).map(({ path }) => ({ path, protocol })))
      .filter(({ path }) => counts(path));
  };
  const basisOf = (protocol: Protocol, path: string, territory: Territory, trackers: ReturnType<typeof trackersIn>) => {
    const around = scopeAround(path, protocol.id, trackers, territory.folders);
    const speaksFor: Scope = (other) => around(other) && territory.counts(other);
    const outputs = outputsNear(path, protocol, engine.evidence.lookup, speaksFor);
    const findings = survey?.findings()?.filter((finding) => speaksFor(finding.path));
    const counts = findings && countFindings(findings);
    return createBasis(protocol, engine.evidence, { outputs, findings: counts, speaksFor });
  };
  return {
    at,
    async all() {
      const { lookup } = engine.evidence;
      const known = lookup.keys("markdown.run").flatMap((id) => lookup.facts("markdown.run", id));
      const territory = await readTerritory(parts);
      const paths = new Set(known.map(({ path }) => path).filter(territory.counts));
      const runs = (await Promise.all([...paths].sort().map(at))).flat();
      const trackers = trackersIn(territory);
      const standings = runs.sort(newestFirst).map((run): RunStanding => {
        const { evidence } = basisOf(run.protocol, run.file.path, territory, trackers);
        return { ...run, evidence: (point) => evidence(point.evidence) };
      });
      return (await protocolsInForce(parts)).flatMap((protocol) =>
        protocol.checklists.map((checklist) => {
          const id = checklistId(protocol, checklist);
          return { id, protocol, checklist, runs: standings.filter((run) => listOf(run) === id) };
        }),
      );
    },
  };
}

const newestFirst = (a: Run, b: Run): number => (b.started ?? "").localeCompare(a.started ?? "");
