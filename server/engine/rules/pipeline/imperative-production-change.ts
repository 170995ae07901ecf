// Commands that change production by hand, beside what the repository says about it.

import { matches, patternsOf } from "../../languages/pipeline/patterns.js";
import { at, option, rule } from "../../rule.js";
import { ownJobs } from "./_own.js";

export default rule({
  on: "pipeline",
  title: "Change production by code, not by command",
  why: "A command that edits what runs leaves no trace in the repository: the next deployment takes the change back, nobody can review it, and another environment never gets it. What is declared and applied stays true.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Role Definition, Rule 1: Infrastructure as Code Only",
  options: {
    tiers: option.strings(
      ["production"],
      "Kinds of environments that are judged: production, staging, development, review",
    ),
  },

  *check(pipeline, { tiers }, workspace) {
    for (const { job, tier } of ownJobs(pipeline, workspace)) {
      if (!tiers.includes(tier ?? "")) continue;
      for (const { words, text, span } of job.steps.flatMap(({ commands }) => commands)) {
        const program = words[0]?.slice(words[0].lastIndexOf("/") + 1) ?? "";
        if (!commands.of(program).some(({ pattern }) => matches(pattern, words))) continue;
        const shown = text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text;
        yield at(span, `"${shown}" changes ${tier} by hand in "${job.id}"`);
      }
    }
  },
});

/** Collected from the manuals of the tools; for the form see `command-roles.ts`. */
const commands = patternsOf([
  {
    value: true,
    patterns: `
      kubectl|oc edit|exec|patch|scale !--dry-run*, kubectl|oc set image|env|resources !--dry-run*,
      kubectl|oc run|expose|autoscale|label|annotate|taint|cordon|drain !--dry-run*,
      terraform|tofu state rm|mv|push|replace-provider, terraform|tofu import|taint|untaint,
      terraform|tofu apply|plan +-target*, terragrunt state rm|mv|push, terragrunt import, terragrunt apply +-target*,
      aws ec2 modify-*|authorize-*|revoke-*|run-instances|terminate-instances|stop-instances,
      aws rds modify-*|delete-*|reboot-*, aws iam put-*|attach-*|detach-*|create-*|delete-*, aws elbv2 modify-*,
      aws autoscaling update-*|set-*, aws s3api put-bucket-*, aws ssm send-command, aws ssm put-parameter,
      az vm update|resize|run-command, az network … update|delete, az sql … update|delete, az webapp config appsettings set,
      gcloud compute ssh, gcloud compute instances … add-metadata|set-*, gcloud sql instances patch,
      gcloud projects add-iam-policy-binding|remove-iam-policy-binding`.split(","),
  },
]);
