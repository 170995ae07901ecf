// The engine: texts in, findings out. It keeps the index of the workspace and the models of the files it saw last;
// it reads no disk, no clock and no network.

import { absentTrackers, type Settings, unknownProtocols } from "./config.js";
import { type Detected, detect, type Undetected } from "./detect.js";
import { ignoreFacts, isIgnoreList } from "./gitignore.js";
import { conclude, groupRules, type Judgement, judgeOwn, runRules, unjudged } from "./judgement.js";
import { asideFacts, unreadableFacts } from "./languages/aside.js";
import type { MarkdownFile } from "./languages/markdown/model.js";
import { factsIn, type Model, modelsInside, phaseModels, type ReadFile, readAs } from "./languages/read.js";
import type { Source } from "./languages/source.js";
import type { TerraformFile } from "./languages/terraform/model.js";
import { notices } from "./notices.js";
import type { PhaseTracker } from "./protocol/documents.js";
import { createPipelines } from "./protocol/evidence/pipelines.js";
import type { EvidenceView } from "./protocol/evidence/result.js";
import type { Protocol } from "./protocol/model.js";
import { protocolFacts, protocolProblems } from "./protocol/source.js";
import { type NoSketch, type PipelineSketch, sketchOf } from "./report/pipeline.js";
import type { Rule } from "./rule.js";
import { createWorkspaceIndex, type Fact } from "./workspace.js";

/** What the engine is made of; the shells hand it in. */
export interface EngineParts {
  readonly rules: Readonly<Record<string, Rule>>;
  /** Reads Terraform; its parser has to be loaded before. */
  readonly parseTerraform: (path: string, text: string) => TerraformFile;
  /** Today as an ISO date: ignores can expire. */
  readonly today: () => string;
  /**
   * Every protocol that is in force somewhere: what they speak of is kept in the index. The same array as long as nothing
   * has changed; after a change the shell indexes Markdown files again.
   */
  readonly protocols: () => readonly Protocol[];
}

export interface Engine {
  /**
   * Takes a file into the index without judging it.
   * @param signs of the settings that hold for it
   * @returns paths of the files whose judgement may differ now
   */
  index(path: string, text: string, signs?: Settings["signs"]): ReadonlySet<string>;
  /** Whether an indexed file would be read differently by these signs: it is a pipeline, and was read by others. */
  readsAnew(path: string, signs: Settings["signs"]): boolean;
  /** Takes note of a file that Dakota does not judge, so that rules can ask whether it exists. */
  note(path: string): ReadonlySet<string>;
  remove(path: string): ReadonlySet<string>;
  /** Judges a text. Never throws for anything in it. */
  check(path: string, text: string, settings: Settings): Judgement;
  /** A text as its model; undefined where it is nothing of ours. */
  source(path: string, text: string): Source | undefined;
  /** What a text is taken for. */
  detect(path: string, text: string): Detected | Undetected;
  /** The trackers in a text; none where it cannot hold one. */
  trackers(path: string, text: string, settings: Pick<Settings, "tracker" | "protocols">): readonly PhaseTracker[];
  /** The stages of the pipeline that starts in a file; the options of `pipeline/required-stages` say what can be missing. */
  sketch(path: string, text: string, settings: Pick<Settings, "options" | "signs">): PipelineSketch | NoSketch;
  /** What the files show of what is done, for the evidence of protocols. */
  readonly evidence: EvidenceView;
  /** Says that every file of the workspace has been indexed. @param inside whether a path lies in it */
  complete(inside?: (path: string) => boolean): void;
}

type Seen =
  | { readonly detected: Detected; readonly file: ReadFile; readonly inside: readonly Model[] }
  | { readonly detected: Undetected; readonly file?: never; readonly inside?: never };

/** An engine with an empty index, over these rules. */
export function createEngine(parts: EngineParts): Engine {
  const workspace = createWorkspaceIndex();
  const pipelines = createPipelines(workspace);
  const seen = createCache(8);
  const byLanguage = groupRules(parts.rules);
  const ids = [...Object.keys(parts.rules), ...Object.keys(notices)];
  const bySigns = new Map<string, string>(); // pipelines that were read by signs of a configuration
  let complete = false;
  let isRead = (_: string): boolean => true;

  const read = (path: string, text: string, signs: Settings["signs"]): Seen =>
    seen.get(path, text, { signs, protocols: parts.protocols() }, () => {
      const detected = detect(path, text, parts.protocols());
      if (!detected.language) return { detected };
      const file = readAs(path, text, detected, parts.parseTerraform, signs);
      return { detected, file, inside: modelsInside(file) };
    });

  const phases = (file: MarkdownFile, { tracker, protocols }: Pick<Settings, "tracker" | "protocols">) =>
    phaseModels(file, protocols ?? parts.protocols(), tracker !== "not");

  const factsOf = (path: string, text: string, signs: Settings["signs"]): readonly Fact[] => {
    if (isIgnoreList(path)) return ignoreFacts(path, text);
    const { detected, file, inside } = read(path, text, signs);
    const aside = asideFacts(path, text, detected, file);
    if (!file || file.language === "config") return aside;
    if (file.language === "protocol") return [...protocolFacts(file.model), ...aside];
    return [...[file, ...inside].flatMap((model) => factsIn(model, parts.protocols())), ...aside];
  };

  return {
    index(path, text, signs) {
      const facts = factsOf(path, text, signs);
      if (signs && facts.some(({ kind }) => kind === "pipeline.file")) bySigns.set(path, JSON.stringify(signs));
      else bySigns.delete(path);
      return pipelines.forget(workspace.update(path, facts));
    },
    readsAnew: (path, signs) =>
      bySigns.get(path) !== (signs && JSON.stringify(signs)) &&
      workspace.lookup.facts("pipeline.file", path).length > 0,
    note: (path) => pipelines.forget(workspace.update(path, unreadableFacts(path))),
    remove(path) {
      bySigns.delete(path);
      return pipelines.forget(workspace.remove(path));
    },
    evidence: { lookup: workspace.lookup, pipelines: pipelines.all, rules: ids, complete: () => complete },
    source(path, text) {
      return (seen.last(path, text) ?? read(path, text, undefined)).file?.model;
    },
    detect: (path, text) => (seen.last(path, text) ?? read(path, text, undefined)).detected,
    trackers(path, text, settings) {
      const { file } = read(path, text, undefined);
      const models = file?.language === "markdown" ? phases(file.model, settings) : [];
      return models.flatMap((one) => (one.language === "tracker" ? [one.model] : []));
    },
    sketch(path, text, settings) {
      const { detected, file } = read(path, text, settings.signs);
      if (!file) return { reason: detected.reason ?? "no kind of file that Dakota judges" };
      if (file.language !== "pipeline") return { reason: `a ${detected.kind} is no pipeline` };
      if (file.model.notJudged) return { reason: file.model.notJudged };
      // A view of its own: what the rules have asked for this path stays remembered.
      const view = workspace.viewFor(sketching);
      return sketchOf(file.model, detected.kind ?? "pipeline", view, settings);
    },
    complete(inside = () => true) {
      complete = true;
      isRead = inside;
    },
    check(path, text, settings) {
      const { detected, file, inside } = read(path, text, settings.signs);
      if (!file) return unjudged(detected.reason, detected.kind);
      if (settings.excluded) return unjudged("excluded by the configuration", detected.kind);
      if (file.language === "config") {
        const unknown = complete ? unknownProtocols(file.model, parts.protocols()) : [];
        const absent = complete && isRead(path) ? absentTrackers(file.model, workspace.pathsFor(path)) : [];
        return judgeOwn("dakota/config", [...file.model.problems, ...unknown, ...absent], detected.kind, settings);
      }
      if (file.language === "protocol") {
        const known = settings.protocols ?? parts.protocols();
        const problems = protocolProblems(file.model, known, ids, workspace.viewFor(path));
        return judgeOwn("dakota/protocol", problems, detected.kind, settings);
      }
      if (file.model.notJudged) return unjudged(file.model.notJudged, detected.kind);
      const view = workspace.viewFor(path);
      const models = file.language === "markdown" ? phases(file.model, settings) : [file, ...inside];
      if (models.length === 0) return unjudged("no document of a protocol that is in force");
      const run = runRules(byLanguage, models, settings, view, complete);
      return { kind: kindOf(models) ?? detected.kind, ...conclude(parts, file.model, settings, run) };
    },
  };
}

/** Stands for the asker where a path would: no file is called so. */
const sketching = "\0sketch";

const kindOf = (models: readonly Model[]): string | undefined =>
  models.some(({ language }) => language === "tracker") ? "Phase tracker" : undefined;

/** What the reading of a file rests on beside its text. */
interface ReadBasis {
  readonly signs: Settings["signs"];
  readonly protocols: readonly Protocol[];
}

/** The files read last: a check after an index, or a code action after a check, reads nothing twice. */
function createCache(size: number) {
  const entries = new Map<string, { readonly text: string; readonly basis: ReadBasis; readonly seen: Seen }>();
  return {
    /** The file as it was read last, by whatever signs. */
    last(path: string, text: string): Seen | undefined {
      const entry = entries.get(path);
      return entry?.text === text ? entry.seen : undefined;
    },
    get(path: string, text: string, basis: ReadBasis, look: () => Seen): Seen {
      const entry = entries.get(path);
      const fits =
        entry?.text === text && entry.basis.signs === basis.signs && entry.basis.protocols === basis.protocols;
      const seen = fits ? entry.seen : look();
      entries.delete(path);
      entries.set(path, { text, basis, seen });
      const oldest = entries.keys().next();
      if (entries.size > size && !oldest.done) entries.delete(oldest.value);
      return seen;
    },
  };
}
