// Deployments of an image by a tag that moves, and pushes under no other tag.

import { evidenceOfCommand } from "../../languages/pipeline/commands.js";
import type { Command, Pipeline } from "../../languages/pipeline/model.js";
import { at, option, type Place, rule } from "../../rule.js";
import { ownJobs } from "./_own.js";

export default rule({
  on: "pipeline",
  title: "Deploy artifacts that cannot change",
  why: 'A tag that moves ("latest", the name of a branch) stands for another image tomorrow. What was tested is not what is deployed, two servers run two versions under one name, and there is nothing to roll back to.',
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Principles",
  options: {
    moving: option.strings(
      ["latest", "main", "master", "develop", "dev", "edge", "nightly"],
      "Tags that stand for another image from time to time",
    ),
  },

  *check(pipeline, { moving }, workspace) {
    const jobs = ownJobs(pipeline, workspace);
    const names = new Set(moving);
    for (const { job } of jobs)
      for (const command of job.steps.flatMap(({ commands }) => commands)) {
        const tag = evidenceOfCommand(command).some(({ role }) => role === "deploy")
          ? movingTag(command, names)
          : undefined;
        if (tag !== undefined) yield at(command.span, `the deployment takes ${tag}, which moves`);
      }
    if (!jobs.some(({ flowJob }) => flowJob?.deployment)) return;
    const pushes = pushesIn(pipeline);
    const [first] = pushes;
    if (first && pushes.every(({ tag }) => tag === undefined || names.has(tag)))
      yield at(first.place, `the only tag pushed is "${first.tag ?? "latest"}": nothing tells one build from another`);
  },
});

const branch = /\$\{?CI_COMMIT_(?:REF_NAME|REF_SLUG|BRANCH)\b|github\.(?:ref_name|head_ref)\b|\$\{?GITHUB_REF_NAME\b/;

/** The moving tag among the arguments, in words. */
function movingTag({ words }: Command, moving: ReadonlySet<string>): string | undefined {
  for (const word of words.slice(1)) {
    if (word.includes("@sha256:") || word.includes("://")) continue;
    const [, tag] =
      /^(?:[^\s]*=)?[^\s=]*[\w}]:([^/:\s]+)$/.exec(word) ?? /(?:^|[.,])(?:tag|imageTag)=([^\s,]+)$/i.exec(word) ?? [];
    if (tag === undefined) continue;
    if (moving.has(tag)) return `"${tag}" ("${word}")`;
    if (branch.test(tag)) return `the name of the branch ("${word}")`;
  }
  return undefined;
}

interface Push {
  readonly tag?: string;
  readonly place: Place;
}

/** All images that are pushed by a name written out; an unknown one counts as a tag of its own. */
function pushesIn({ jobs }: Pipeline): readonly Push[] {
  return jobs.flatMap(({ steps }) =>
    steps.flatMap(({ commands, uses, inputs = [] }): readonly Push[] => {
      const tags = inputs.find(({ name }) => name === "tags")?.value;
      const pushed = inputs.some(({ name, value }) => name === "push" && value.text !== "false");
      if (uses?.text.startsWith("docker/build-push-action@") && pushed)
        return (tags?.text ?? "?:?")
          .split(/[\n,]+/)
          .filter((line) => line.trim() !== "")
          .map((line) => pushOf(line.trim(), tags ?? uses));
      return commands.flatMap(({ words, span }) => {
        const at = words.indexOf("push");
        if (!/^(?:docker|podman|buildah|nerdctl)$/.test(words[0] ?? "") || at < 1 || at > 2) return [];
        return [
          pushOf(words.some((word) => /^(?:-a|--all-tags)$/.test(word)) ? "?:?" : (words.at(-1) ?? "?:?"), { span }),
        ];
      });
    }),
  );
}

function pushOf(image: string, place: Place): Push {
  const name = image.slice(image.lastIndexOf("/") + 1);
  const [, tag] = /^[^:]+:(.+)$/.exec(name) ?? [];
  // A name that a variable holds may bring its tag.
  return { place, ...(tag === undefined ? (/[$?]/.test(name) ? { tag: "?" } : {}) : { tag }) };
}
