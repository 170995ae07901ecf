// How a new job is written in each dialect. All texts are snippets: "$" and "}" of the pipeline's own are escaped.

import type { Dialect } from "../../languages/pipeline/model.js";
import { escapeSnippet } from "../../snippet.js";

/** Commands, image and environment are texts of a snippet, with placeholders. */
export interface NewJob {
  readonly id: string;
  readonly commands: readonly string[];
  /** An image that it runs in; without one it runs on the machine of the dialect. */
  readonly image?: string;
  /** The job that it waits for. */
  readonly needs?: string;
  readonly runs?: "after a failure" | "always";
  readonly environment?: string;
  /** Names of stored secrets that it gets as variables. */
  readonly secrets?: readonly string[];
}

type Writer = (job: NewJob, inStages: boolean) => readonly string[];

/** The lines of a job, the first one its key; `inStages` where it has to be a stage. */
export const linesOf = (dialect: Dialect, job: NewJob, inStages: boolean): readonly string[] =>
  writers[dialect](job, inStages);

const deeper = (lines: readonly string[], by = "  "): readonly string[] => lines.map((line) => by + line);

const github: Writer = ({ id, commands, image, needs, runs, environment, secrets = [] }) => [
  `${id}:`,
  ...(needs ? [`  needs: ${escapeSnippet(needs)}`] : []),
  ...(runs ? [`  if: ${runs === "always" ? "always()" : "failure()"}`] : []),
  "  runs-on: ubuntu-24.04",
  ...(image ? [`  container: ${image}`] : []),
  ...(environment ? [`  environment: ${environment}`] : []),
  ...(secrets.length > 0 ? ["  env:"] : []),
  ...secrets.map((name) => `    ${name}: \\\${{ secrets.${name} \\}\\}`),
  "  steps:",
  "    - uses: actions/checkout@v4",
  ...commands.map((command) => `    - run: ${command}`),
];

const gitlab: Writer = ({ id, commands, image, needs, runs, environment }) => [
  `${id}:`,
  `  stage: ${needs ? ".post" : ".pre"}`,
  ...(needs ? [`  needs: ["${escapeSnippet(needs)}"]`] : []),
  ...(runs ? [`  when: ${runs === "always" ? "always" : "on_failure"}`] : []),
  // Images of tools start the tool itself; a script needs a shell.
  ...(image ? [`  image: { name: "${image}", entrypoint: [""] }`] : []),
  ...(environment ? [`  environment: ${environment}`] : []),
  "  script:",
  ...commands.map((command) => `    - ${command}`),
];

/** Names of stages and jobs hold letters, digits and underscores there. */
const azureId = (id: string): string => id.replace(/[^A-Za-z0-9_]/g, "_");

/** Jobs in a container of Azure need more in the image than its tool. */
const inImage = (image: string, commands: readonly string[]): string =>
  `docker run --rm -v .:/w --entrypoint sh ${image} -c "cd /w && ${commands.join(" && ")}"`;

const azure: Writer = ({ id, commands, image, needs, runs, environment, secrets = [] }, inStages) => {
  const start = [
    ...(needs || inStages ? [`dependsOn: ${needs ? escapeSnippet(needs) : "[]"}`] : []),
    ...(runs ? [`condition: ${runs === "always" ? "always()" : "failed()"}`] : []),
  ];
  const env = [...(secrets.length > 0 ? ["  env:"] : []), ...secrets.map((name) => `    ${name}: \\$(${name})`)];
  const scripts = image ? [inImage(image, commands)] : commands;
  const steps = ["steps:", ...deeper(scripts.flatMap((command) => [`- script: ${command}`, ...env]))];
  const name = azureId(id);
  const job = [
    `- ${environment ? "deployment" : "job"}: ${name}`,
    ...deeper(inStages ? [] : start),
    "  pool: { vmImage: ubuntu-24.04 }",
    ...(environment ? [`  environment: ${environment}`, "  strategy:", "    runOnce:", "      deploy:"] : []),
    ...deeper(steps, environment ? "        " : "  "),
  ];
  return inStages ? [`- stage: ${name}`, ...deeper(start), "  jobs:", ...deeper(job, "    ")] : job;
};

/** A job as steps of a pipeline of Azure that has nothing but steps. */
export function stepsOf({ commands, image, runs, secrets = [] }: NewJob): readonly string[] {
  const scripts = image ? [inImage(image, commands)] : commands;
  return scripts.flatMap((command) => [
    `- script: ${command}`,
    ...(runs ? [`  condition: ${runs === "always" ? "always()" : "failed()"}`] : []),
    ...(secrets.length > 0 ? ["  env:"] : []),
    ...secrets.map((name) => `    ${name}: \\$(${name})`),
  ]);
}

const circleci: Writer = ({ id, commands, image, runs }) => [
  `${id}:`,
  "  docker:",
  `    - image: ${image ?? "cimg/base:2024.12"}`,
  "  steps:",
  "    - checkout",
  ...commands.map((command) =>
    runs === "always" ? `    - run: { when: always, command: ${quoted(command)} }` : `    - run: ${command}`,
  ),
];

const quoted = (command: string): string =>
  /["{}[\],#]|: /.test(command) ? `'${command.replaceAll("'", "''")}'` : command;

/** The use of a new job in a workflow of CircleCI. */
export const usesOf = ({ id, needs, runs }: NewJob): readonly string[] => {
  if (!needs) return [`- ${id}`];
  const ends = runs === "always" ? " [success, failed]" : runs ? " [failed]" : undefined;
  const name = escapeSnippet(needs);
  return [`- ${id}:`, ...(ends ? ["    requires:", `      - ${name}:${ends}`] : [`    requires: [${name}]`])];
};

/** The same within brackets. */
export function shortUseOf({ id, needs, runs }: NewJob): string {
  if (!needs) return id;
  const name = escapeSnippet(needs);
  const ends = runs === "always" ? "[success, failed]" : "failed";
  return `{ ${id}: { requires: [${runs ? `{ ${name}: ${ends} \\}` : name}] \\} \\}`;
}

const shellSteps = ({ commands, secrets = [] }: NewJob): readonly string[] => {
  const steps = commands.map((command) => `sh '${command.replaceAll("'", '"')}'`);
  if (secrets.length === 0) return steps;
  const bound = secrets.map((name) => `string(credentialsId: '${name}', variable: '${name}')`).join(", ");
  return [`withCredentials([${bound}]) {`, ...deeper(steps, "    "), "\\}"];
};

const jenkins: Writer = (job) => [
  `stage('${job.id}') {`,
  ...(job.image ? [`    agent { docker { image '${job.image}'; args "--entrypoint=''" \\} \\}`] : []),
  "    steps {",
  ...deeper(shellSteps(job), "        "),
  "    \\}",
  "\\}",
];

/** What a stage of a Jenkinsfile does when it has ended: no stage runs behind one that has failed. */
export const postLines = (jobs: readonly NewJob[]): readonly string[] => [
  "    post {",
  ...jobs.flatMap((job) => [
    `        ${job.runs === "always" ? "always" : "failure"} {`,
    ...deeper(shellSteps(job), "            "),
    "        \\}",
  ]),
  "    \\}",
];

const writers: Readonly<Record<Dialect, Writer>> = { github, gitlab, azure, circleci, jenkins };
