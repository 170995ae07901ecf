// Load balancers and auto scaling groups notice when an application no longer answers.

import { byType, demandOf, each, hasToBe, unmetBy } from "../../languages/terraform/demands.js";
import { attributeOf } from "../../languages/terraform/model.js";
import { has, labelsOf, type Resource, resourcesOf, settingsOf } from "../../languages/terraform/settings.js";
import { at, option, rule, snippet } from "../../rule.js";
import { extended, findingOf, unmetDemands } from "./_demands.js";
import { addLines } from "./_edits.js";

const off = "a target that no longer answers still gets requests";

// Source: hashicorp/aws 6.25.0, aws_autoscaling_group: health_check_type is EC2 where nothing is said.
const demands = byType([
  ...each("aws_lb_target_group aws_alb_target_group", { path: "health_check.enabled", wrong: [false], so: off }),
]);

const machineDemand = each("aws_autoscaling_group", {
  path: "health_check_type",
  wrong: ["EC2"],
  absent: "EC2",
  so: "a machine whose application no longer answers is kept",
  want: '"ELB"',
});

const check = ["health_check {", `  path    = "\${1:/health}"`, `  matcher = "\${2:200}"`, "}"];

export default rule({
  on: "terraform",
  title: "Check the health of what serves requests",
  why: "The check that a target group has by default asks for the start page, which may answer while everything behind it is broken, and an auto scaling group looks at the machine alone. A check of your own takes out what no longer works.",
  severity: "information",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Monitoring Requirements",
  alsoKnownAs: ["checkov CKV_AWS_261", "checkov CKV2_AWS_15"],
  options: {
    settings: option.strings(
      [],
      'Further blocks or arguments that have to be there, as "type.block" or "type.argument"; "type.argument = value" asks for that value',
    ),
  },

  *check(file, { settings }, workspace) {
    const more = settings.flatMap((text) => demandOf(text, off, hasToBe.set));
    for (const resource of resourcesOf(file, workspace)) {
      const owner = `"${resource.address}"`;
      if (/^aws_a?lb_target_group$/.test(resource.type)) {
        const types = settingsOf(resource, "target_type");
        const checked = types.every(
          (type) => type.state === "absent" || (type.state === "known" && type.known.value !== "lambda"),
        );
        if (!checked || has(resource, "health_check") !== "no") continue;
        const web = settingsOf(resource, "protocol").some(
          (one) => one.state === "known" && /^HTTPS?$/.test(String(one.known.value)),
        );
        const edit = web ? addLines(file, resource.block, "end", ["", ...check]) : undefined;
        const fixes = edit ? [snippet("Add a health check", edit)] : [];
        yield at(labelsOf(resource), `target group ${owner} has no health check of its own`, ...fixes);
      } else if (isBalanced(resource))
        for (const unmet of unmetBy(resource, machineDemand)) yield findingOf(resource, unmet);
    }
    yield* unmetDemands(file, workspace, extended(demands, more));
  },
});

/** An auto scaling group behind a load balancer; a list that cannot be seen into may be empty. */
const isBalanced = ({ type, block }: Resource): boolean =>
  type === "aws_autoscaling_group" &&
  ["target_group_arns", "load_balancers"].some((name) => {
    const value = attributeOf(block, name)?.value;
    return value?.kind === "list" && value.items.length > 0;
  });
