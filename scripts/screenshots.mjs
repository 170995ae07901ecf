// npm run screenshots: takes the pictures of the README in the embedded VS Code.
import { existsSync, writeFileSync } from "node:fs";
import { installPackages } from "./lib/npm.mjs";
import { inProject } from "./lib/paths.mjs";
import { pictured, picturedFile } from "./lib/pictured.mjs";
import { end, isEnding } from "./lib/processes.mjs";
import { step } from "./lib/steps.mjs";

async function main() {
  await installPackages();
  const workspace = "examples";
  if (!existsSync(inProject(workspace))) throw new Error(`${inProject(workspace)} is not there`);
  const { buildPrograms } = await import("./lib/bundle.mjs");
  const { runInVSCode } = await import("../test/vscode/run.mjs");
  await step("Building", buildPrograms);
  const pictures = inProject("docs/images");
  const { finished, tests } = await runInVSCode({
    suite: "scripts/screenshots",
    workspace,
    folderName: workspace,
    host: "embedded",
    env: { DAKOTA_PICTURES: pictures },
  });
  const taken = tests.filter(({ state }) => state === "passed").length;
  console.log(`${taken} of ${tests.length} pictures in ${pictures}`);
  const whole = finished && taken > 0 && taken === tests.length;
  if (whole) writeFileSync(picturedFile, pictured());
  return whole ? 0 : 1;
}

try {
  await end(await main());
} catch (error) {
  if (isEnding()) await end(1);
  console.error(error instanceof Error ? error.message : error);
  await end(1);
}
