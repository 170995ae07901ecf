// The family of rules about one stage that production goes without.

import { deploysIn } from "../../languages/pipeline/order.js";
import { at, option, type Rule, rule, type Severity } from "../../rule.js";
import { isTried, lacking, productionOf, type Stage } from "./_lacks.js";
import { listOf, nameOf } from "./_names.js";
import { addStages } from "./_stage-jobs.js";

interface About {
  readonly stage: Stage;
  readonly title: string;
  readonly why: string;
  readonly severity: Severity;
  readonly standard: string;
  /** The finding, for the deployments by name. */
  readonly message: (deployments: string) => string;
  readonly fixTitle: string;
}

/** A rule that speaks of the stage where it is all that is missing, or where only some deployments miss it. */
export const stageRule = ({ stage, message, fixTitle, ...about }: About): Rule =>
  rule({
    on: "pipeline",
    ...about,
    profile: "recommended",
    phase: 3,
    options: {
      evenIfListed: option.boolean(
        false,
        "Speaks of it even where more is missing, so that pipeline/required-stages lists it",
      ),
    },
    *check(pipeline, { evenIfListed }, workspace) {
      const production = productionOf(pipeline, workspace);
      const jobs = production ? lacking(stage, production, evenIfListed) : [];
      const [first] = jobs;
      if (!production || !first) return;
      const staging = deploysIn(production.flow).find(isTried);
      const fixes = addStages(fixTitle, [stage], pipeline, first, staging);
      yield at(first.node.span, message(listOf(jobs.map(nameOf))), ...(jobs.length === 1 ? fixes : []));
    },
  });
