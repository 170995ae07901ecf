// Pipeline text -> model, by dialect.

import type { Dialect, Pipeline } from "./model.js";
import { noOwnRoles, type OwnRoles, withOwnJobs } from "./own-roles.js";
import { parseAzure } from "./parse-azure.js";
import { parseCircleci } from "./parse-circleci.js";
import { parseGithub } from "./parse-github.js";
import { parseGitlab } from "./parse-gitlab.js";
import { parseJenkins } from "./parse-jenkins.js";

const parsers: Readonly<Record<Dialect, (path: string, text: string, own: OwnRoles) => Pipeline>> = {
  github: parseGithub,
  gitlab: parseGitlab,
  azure: parseAzure,
  circleci: parseCircleci,
  jenkins: parseJenkins,
};

/**
 * Reads any text as a pipeline of the dialect. Never throws: what cannot be read is a problem with its place.
 * @param own what the team says of its own commands, actions and jobs
 */
export function parsePipeline(path: string, text: string, dialect: Dialect, own: OwnRoles = noOwnRoles): Pipeline {
  const pipeline = parsers[dialect](path, text, own);
  return own === noOwnRoles ? pipeline : withOwnJobs(pipeline, own);
}
