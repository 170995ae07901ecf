// Images that are pushed although nothing in the pipeline has scanned them.

import { type Flow, flowOf } from "../../languages/pipeline/flow.js";
import { type Command, type Job, type Pipeline, repositoryOf, type Step } from "../../languages/pipeline/model.js";
import { inputOf, scansFiles, scansImages } from "../../languages/pipeline/scanners.js";
import { at, type Place, rule } from "../../rule.js";
import { addJobs } from "./_additions.js";
import { amongJobs } from "./_names.js";
import { evidenceOf, seesAll } from "./_seen.js";

export default rule({
  on: "pipeline",
  title: "Scan images before they are deployed",
  why: "An image brings a whole system along, and its packages age from the day it is built. A scan of the image finds what a scan of the code cannot see: holes in the base image and in what its Dockerfile installs.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Container Best Practices",

  *check(pipeline, _options, workspace) {
    const steps = pipeline.jobs.flatMap((job) => job.steps);
    const written = firstPush(pipeline);
    if (!written && !/\/(?:publish|push|build)|\.push\(/.test(pipeline.text)) return;
    const flow = flowOf(pipeline, workspace);
    const pushed = written ?? (flow && pushOfPlugin(pipeline, flow));
    if (!flow || !pushed || !seesAll(flow)) return;
    const files = new Set(steps.filter(scansFiles).map(({ uses }) => uses?.span.start));
    if (evidenceOf(flow, "security").some(({ text, span }) => scansImages(text) && !files.has(span?.start))) return;
    if (steps.some(({ name = "", commands }) => scansImages(name) || commands.some(({ text }) => scansImages(text))))
      return;
    const repository = repositoryOf(pipeline.path, pipeline.dialect);
    const others = repository === undefined ? [] : workspace.facts("pipeline.security", repository);
    if (others.some(({ path, tools }) => path !== pipeline.path && tools.some(scansImages))) return;
    yield at(
      pushed,
      `this pushes an image that nothing has scanned: no image scanner ${amongJobs(flow)}`,
      ...addJobs("Add a job that scans the image", pipeline, undefined, [scanJob]),
    );
  },
});

/** Where a job of an orb of CircleCI, or a method of the Docker plugin of Jenkins, pushes an image. */
function pushOfPlugin({ dialect, text }: Pipeline, flow: Flow): Place | undefined {
  const sign = dialect === "circleci" ? orbs : dialect === "jenkins" ? /^image\.push$/ : undefined;
  if (!sign) return undefined;
  const found = [...evidenceOf(flow, "publish"), ...evidenceOf(flow, "build")].filter((one) => sign.test(one.text));
  return found.flatMap(({ span }) =>
    span && !onlyBuilds.test(text.slice(span.end, span.end + 1_000)) ? [span] : [],
  )[0];
}

/** `docker/publish` with `deploy: false`. */
const onlyBuilds = /^:[^\n]*(?:\n[ \t]+[\w-]+:[^\n]*)*?(?:\n[ \t]*|[ \t{])deploy: *false/;

const orbs =
  /^docker\/(?:publish|push)$|^aws-ecr\/(?:build[-_]and[-_])?push[-_]image$|^(?:gcp-)?(?:gcr|artifact-registry)\/(?:build-and-)?push[\w-]*$/;

function firstPush({ jobs }: Pipeline): Place | undefined {
  for (const job of jobs)
    for (const step of job.steps) {
      const [push] = pushIn(step);
      if (push && !copies(job)) return push;
    }
  return undefined;
}

/** Whether a job hands on images of others: it pulls them and builds none. */
function copies({ steps }: Job): boolean {
  const calls = (verb: RegExp): boolean =>
    steps.some(({ commands }) =>
      commands.some(
        ({ words }) =>
          tool.test(words[0] ?? "") && verb.test(words.find((word, i) => i > 0 && !word.startsWith("-")) ?? ""),
      ),
    );
  return calls(/^pull$/) && !calls(/^(?:build|buildx|bake|bud|compose|image|commit)$/);
}

const tool = /^(?:.*\/)?(?:docker|podman|buildah|nerdctl)$/;

/** Where a step pushes an image that the pipeline has built. */
function pushIn(step: Step): readonly Place[] {
  const { uses, commands } = step;
  if (uses && /^docker\/(?:build-push|bake)-action@/.test(uses.text)) {
    const pushes = inputOf(step, "push");
    return (pushes !== undefined && pushes !== "false") || /type=registry/.test(inputOf(step, "outputs") ?? "")
      ? [uses]
      : [];
  }
  return commands.filter(isPush);
}

function isPush({ words }: Command): boolean {
  const [program = "", ...args] = words;
  const tool = program.slice(program.lastIndexOf("/") + 1);
  if (/^(?:docker|podman|buildah|nerdctl)$/.test(tool)) {
    const [first, second] = args.filter((word) => !word.startsWith("-"));
    if (first === "push" || (first === "image" && second === "push")) return true;
    return (first === "build" || first === "buildx") && args.some((word) => /^--push(?:=true)?$/.test(word));
  }
  const isKaniko = tool === "executor" && args.some((word) => word.startsWith("--destination"));
  return isKaniko && !args.some((word) => word.startsWith("--no-push"));
}

const scanJob = {
  id: "image-scan",
  image: `aquasec/trivy:\${1:0.58.1}`,
  commands: [`trivy image --exit-code 1 --severity HIGH,CRITICAL \${2:registry.example.com/team/app:1.0.0}`],
};
