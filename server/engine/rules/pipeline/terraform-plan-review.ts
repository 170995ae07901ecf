// Terraform that is applied without a plan that somebody could have looked at.

import { flowOf } from "../../languages/pipeline/flow.js";
import type { Command } from "../../languages/pipeline/model.js";
import { orderOf } from "../../languages/pipeline/order.js";
import { at, replace, rule, snippet } from "../../rule.js";
import { placeholder } from "./_additions.js";
import { lacksApproval } from "./_lacks.js";
import { ownJobs } from "./_own.js";

export default rule({
  on: "pipeline",
  title: "Apply the Terraform plan that was reviewed",
  why: 'The plan says what will be destroyed and replaced: it is the review of an infrastructure change. An apply without a saved plan makes a new one at that moment, and "-auto-approve" accepts it unseen.',
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Terraform Specific",

  *check(pipeline, _options, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || flow.startUnseen) return;
    for (const { job, flowJob, tier } of ownJobs(pipeline, workspace)) {
      if (!flowJob || flowJob.deployment?.tier === "review" || (tier !== undefined && tier !== "production")) continue;
      const gated = !lacksApproval(flowJob, { pipeline, flow, order: orderOf(flow) });
      for (const command of job.steps.flatMap(({ commands }) => commands)) {
        if (!isApply(command) || hasPlan(command)) continue;
        const approved = command.words.some((word) => /^--?auto-approve(?:=true)?$/.test(word));
        const how = approved && !gated ? 'with "-auto-approve" and no gate before it' : "without a saved plan";
        const [program = "terraform"] = command.words;
        // Flags may belong to the plan: only a plain command is rewritten.
        const plain = command.words
          .slice(1)
          .every((word) => word === "apply" || /^--?(?:auto-approve|input=false|no-color)$/.test(word));
        const shown = pipeline.text.slice(command.span.start, command.span.end) === command.text;
        const fixes =
          plain && shown
            ? [
                snippet(
                  "Apply a saved plan",
                  replace(command.span, `${program} apply -input=false ${placeholder(1, "tfplan")}`),
                ),
              ]
            : [];
        yield at(command.span, `"${job.id}" applies ${how}`, ...fixes);
      }
    }
  },
});

const isApply = ({ words }: Command): boolean =>
  /^(?:terraform|tofu)$/.test(words[0] ?? "") &&
  words.slice(1).find((word) => !word.startsWith("-")) === "apply" &&
  !words.some((word) => /^--?(?:destroy|refresh-only|help)$/.test(word));

/** A file behind `apply`; the values of flags are written with "=". */
function hasPlan({ words }: Command): boolean {
  const rest = words.slice(words.indexOf("apply") + 1);
  return rest.some(
    (word, i) =>
      !/^[-<>|&\d]/.test(word) &&
      !/^--?(?:var|var-file|target|replace|lock-timeout|parallelism|state|backup)$/.test(rest[i - 1] ?? ""),
  );
}
