// Every language at one place: which parser reads it, what its files tell others, and what stands inside them in another
// language.

import { type ConfigReading, readConfig } from "../config.js";
import type { Detected } from "../detect.js";
import { outputsIn, trackersIn } from "../protocol/documents.js";
import type { Protocol } from "../protocol/model.js";
import { type ProtocolFile, parseProtocolFile } from "../protocol/source.js";
import type { FileLanguage, Language, Models } from "../rule.js";
import type { Fact } from "../workspace.js";
import * as composeFacts from "./compose/facts.js";
import { parseCompose } from "./compose/parse.js";
import * as dockerfileFacts from "./dockerfile/facts.js";
import { parseDockerfile } from "./dockerfile/parse.js";
import * as kubernetesFacts from "./kubernetes/facts.js";
import { parseKubernetes } from "./kubernetes/parse.js";
import * as markdownFacts from "./markdown/facts.js";
import type { MarkdownFile } from "./markdown/model.js";
import { parseMarkdown } from "./markdown/parse.js";
import * as pipelineFacts from "./pipeline/facts.js";
import { ownRolesOf, type Sign } from "./pipeline/own-roles.js";
import { parsePipeline } from "./pipeline/parse.js";
import * as prometheusFacts from "./prometheus/facts.js";
import { parsePrometheus, prometheusIn } from "./prometheus/parse.js";
import type { Source } from "./source.js";
import * as terraformFacts from "./terraform/facts.js";
import type { TerraformFile } from "./terraform/model.js";

type ModelOf<L extends Language> = { readonly [One in L]: { readonly language: One; readonly model: Models[One] } }[L];
export type Model = ModelOf<Language>;
export type ReadFile =
  | ModelOf<FileLanguage>
  | { readonly language: "config"; readonly model: Source & ConfigReading }
  | { readonly language: "protocol"; readonly model: ProtocolFile };

/**
 * Reads a text as what it was detected to be; the parser of Terraform has to be loaded, so it is handed in.
 * @param signs by which a team's own commands, actions and jobs are recognised in pipelines
 */
export function readAs(
  path: string,
  text: string,
  detected: Detected,
  parseTerraform: (path: string, text: string) => TerraformFile,
  signs?: readonly Sign[],
): ReadFile {
  switch (detected.language) {
    case "compose":
      return { language: "compose", model: parseCompose(path, text) };
    case "dockerfile":
      return { language: "dockerfile", model: parseDockerfile(path, text) };
    case "kubernetes":
      return { language: "kubernetes", model: parseKubernetes(path, text) };
    case "markdown":
      return { language: "markdown", model: parseMarkdown(path, text) };
    case "terraform":
      return { language: "terraform", model: parseTerraform(path, text) };
    case "pipeline":
      return { language: "pipeline", model: parsePipeline(path, text, detected.dialect, ownRolesOf(signs)) };
    case "prometheus":
      return { language: "prometheus", model: parsePrometheus(path, text) };
    case "config":
      return { language: "config", model: { path, text, ...readConfig(path, text) } };
    case "protocol":
      return { language: "protocol", model: parseProtocolFile(path, text) };
  }
}

/** What a file holds in another language as well: a second model of the same text, with rules of its own. */
export function modelsInside(file: ReadFile): readonly Model[] {
  const model = file.language === "kubernetes" ? prometheusIn(file.model) : undefined;
  return model ? [{ language: "prometheus", model }] : [];
}

/** What the protocols in force make of a document: its trackers, and the phases whose output it is. */
export const phaseModels = (
  file: MarkdownFile,
  protocols: readonly Protocol[],
  mayTrack: boolean,
): readonly Model[] => [
  ...(mayTrack ? trackersIn(file, protocols) : []).map((model): Model => ({ language: "tracker", model })),
  ...outputsIn(file, protocols).map((model): Model => ({ language: "output", model })),
];

type Facts<L extends Language> = (model: Models[L], protocols: readonly Protocol[]) => readonly Fact[];

const facts: { readonly [L in Language]: Facts<L> } = {
  compose: composeFacts.facts,
  dockerfile: dockerfileFacts.facts,
  kubernetes: kubernetesFacts.facts,
  markdown: markdownFacts.facts,
  output: () => [],
  pipeline: pipelineFacts.facts,
  prometheus: prometheusFacts.facts,
  terraform: terraformFacts.facts,
  tracker: () => [],
};

/** What a model tells other files; of Markdown, what the known protocols ask for. */
export function factsIn({ language, model }: Model, protocols: readonly Protocol[]): readonly Fact[] {
  // Each language's facts take each language's model; the pair comes from one value.
  return (facts[language] as (model: unknown, protocols: readonly Protocol[]) => readonly Fact[])(model, protocols);
}
