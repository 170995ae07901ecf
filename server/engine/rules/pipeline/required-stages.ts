// Stages that no pipeline on the way to production has: one finding with the whole list.

import { deploysIn } from "../../languages/pipeline/order.js";
import { at, option, rule } from "../../rule.js";
import { isListed, isTried, lacksOf, productionOf, type Stage, toldAsErrors } from "./_lacks.js";
import { listOf, nameOf } from "./_names.js";
import { addStages } from "./_stage-jobs.js";

export default rule({
  on: "pipeline",
  title: "Give the way to production all its stages",
  why: "Each stage catches what the others let through: linters and tests find mistakes in code, scanners find known holes, staging and its tests find what only shows when everything runs together, smoke tests and a way back limit what still slips through. What is missing is listed once; a single gap is left to the rule about it.",
  severity: "information",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Stages",
  options: {
    stages: option.strings(
      ["lint", "test", "security", "build", "staging", "integration", "approval", "health", "smoke", "rollback"],
      "Stages that the way to production needs; what pipeline/test-before-deploy and pipeline/no-direct-production tell as errors is not listed again",
    ),
  },

  *check(pipeline, { stages }, workspace) {
    const production = productionOf(pipeline, workspace);
    const [first] = production?.deployments ?? [];
    if (!production || !first) return;
    const missing = lacksOf(production).filter((stage) => stages.includes(stage) && !toldAsErrors.has(stage));
    if (missing.length === 0 || !isListed(production)) return;
    const staging = deploysIn(production.flow).find(isTried);
    const add = (title: string, ...wanted: readonly Stage[]) => addStages(title, wanted, pipeline, first, staging);
    const fixes = missing.length > 1 ? missing.flatMap((stage) => add(`Add ${words[stage]}`, stage)) : [];
    const names = listOf(
      missing.map((stage) => words[stage]),
      stages.length,
    );
    yield at(
      first.node.span,
      `the way to production (${nameOf(first)}) has no ${names}`,
      ...add("Add what is missing", ...missing),
      ...fixes,
    );
  },
});

const words: Readonly<Record<Stage, string>> = {
  lint: "lint",
  test: "tests",
  security: "security scan",
  build: "build",
  staging: "staging deployment",
  integration: "integration tests",
  approval: "approval",
  health: "health check",
  smoke: "smoke tests",
  rollback: "rollback",
};
