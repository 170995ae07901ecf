// Every language at one place: which parser reads it, what its files tell others, and what stands inside them in another
// language.

import { type Config, readConfig } from "../config.js";
import type { Detected } from "../detect.js";
import type { Language, Models } from "../rule.js";
import type { Fact } from "../workspace.js";
import * as composeFacts from "./compose/facts.js";
import { parseCompose } from "./compose/parse.js";
import * as dockerfileFacts from "./dockerfile/facts.js";
import { parseDockerfile } from "./dockerfile/parse.js";
import * as kubernetesFacts from "./kubernetes/facts.js";
import { parseKubernetes } from "./kubernetes/parse.js";
import * as pipelineFacts from "./pipeline/facts.js";
import { ownRolesOf, type Sign } from "./pipeline/own-roles.js";
import { parsePipeline } from "./pipeline/parse.js";
import * as prometheusFacts from "./prometheus/facts.js";
import { parsePrometheus, prometheusIn } from "./prometheus/parse.js";
import type { Source } from "./source.js";
import * as terraformFacts from "./terraform/facts.js";
import type { TerraformFile } from "./terraform/model.js";

export type Model = { readonly [L in Language]: { readonly language: L; readonly model: Models[L] } }[Language];
export type ReadFile = Model | { readonly language: "config"; readonly model: Source & { readonly config: Config } };

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
    case "terraform":
      return { language: "terraform", model: parseTerraform(path, text) };
    case "pipeline":
      return { language: "pipeline", model: parsePipeline(path, text, detected.dialect, ownRolesOf(signs)) };
    case "prometheus":
      return { language: "prometheus", model: parsePrometheus(path, text) };
    case "config":
      return { language: "config", model: { path, text, ...readConfig(path, text) } };
  }
}

/** What a file holds in another language as well: a second model of the same text, with rules of its own. */
export function modelsInside(file: ReadFile): readonly Model[] {
  const model = file.language === "kubernetes" ? prometheusIn(file.model) : undefined;
  return model ? [{ language: "prometheus", model }] : [];
}

const facts: { readonly [L in Language]: (model: Models[L]) => readonly Fact[] } = {
  compose: composeFacts.facts,
  dockerfile: dockerfileFacts.facts,
  kubernetes: kubernetesFacts.facts,
  pipeline: pipelineFacts.facts,
  prometheus: prometheusFacts.facts,
  terraform: terraformFacts.facts,
};

/** What a model tells other files. */
export function factsIn({ language, model }: Model): readonly Fact[] {
  // Each language's facts take each language's model; the pair comes from one value.
  return (facts[language] as (model: unknown) => readonly Fact[])(model);
}
