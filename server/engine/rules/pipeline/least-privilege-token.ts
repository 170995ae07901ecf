// Jobs whose token may do everything, or whatever the repository grants where nothing is said.

import type { Pipeline } from "../../languages/pipeline/model.js";
import { at, type Finding, type Fix, insertAt, option, replace, rule, suggest } from "../../rule.js";
import { listOf } from "./_names.js";

export default rule({
  on: "pipeline",
  title: "Give the token of a job only what it needs",
  why: "Every step of a job, and every action it runs, holds the job's token. Where the file does not say what the token may do, the settings of the repository decide, and in many of them it may write everything: one bad dependency is enough to change the code.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: ["zizmor excessive-permissions", "checkov CKV2_GHA_1", "datadog d946b13a"],

  options: {
    broad: option.boolean(
      false,
      "A token that may read everything, and rights to write that several jobs share, are findings as well, as information",
      true,
    ),
  },

  *check(pipeline, { broad }) {
    const { dialect, outline, permissions, jobs } = pipeline;
    if (dialect !== "github" || outline.kind !== "pipeline" || outline.broken) return;
    const granting = [{ owner: "every job", granted: permissions }];
    for (const job of jobs) granting.push({ owner: `"${job.id}"`, granted: job.permissions });
    for (const { owner, granted } of granting) {
      if (!granted?.all || (granted.all === "read" && !broad)) continue;
      const less = suggest("Let it only read the code", replace(granted.span, "{ contents: read }"));
      const severity = granted.all === "write" ? "error" : "information";
      yield at(granted.span, `the token of ${owner} may ${granted.all} everything`, severity, less);
    }
    if (broad) yield* sharedRights(pipeline);
    const bare = jobs.filter((job) => !job.permissions);
    const [first] = bare;
    if (permissions || !first) return;
    const called = outline.triggers.length > 0 && outline.triggers.every((event) => event === "workflow_call");
    const decides = called ? "the caller decides" : "the settings of the repository decide";
    const message = `no permissions are set for the token of ${listOf(bare.map(({ id }) => `"${id}"`))}: ${decides}`;
    const place = { start: first.span.start, end: first.span.start + first.id.length };
    yield at(place, message, ...(called ? ["information" as const] : []), ...readOnly(pipeline));
  },
});

/** Rights to write that stand above the jobs, so that each of them has them. */
function* sharedRights({ permissions, jobs }: Pipeline): Generator<Finding> {
  const [first, ...others] = permissions?.scopes.filter(({ level }) => level === "write") ?? [];
  const holders = jobs.filter((job) => !job.permissions);
  if (!first || holders.length < 2) return;
  const rights = listOf([first, ...others].map(({ scope }) => `"${scope}"`));
  const message = `${listOf(holders.map(({ id }) => `"${id}"`))} may all write ${rights}, whether they need it or not`;
  yield at(first.span, message, "information");
}

/** Reading the code is what nearly every job needs, and often all. */
function readOnly({ text }: Pipeline): readonly Fix[] {
  const jobs = /^jobs[ \t]*:/m.exec(text);
  if (!jobs) return [];
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  return [
    suggest("Let all jobs only read the code", insertAt(jobs.index, `permissions:${eol}  contents: read${eol}${eol}`)),
  ];
}
