// Builds what runs inside VS Code during tests: every file of a folder becomes part of one script with a `run`.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { shared } from "./bundle.mjs";
import { dist, inProject, root } from "./paths.mjs";

/**
 * @param {string} folder of test files, inside the project, with `/`
 * @param {string} name of the script
 * @returns {Promise<string>} its path
 * @throws Error when the folder has no test file, or one does not build
 */
export async function buildSuite(folder, name) {
  const files = existsSync(inProject(folder))
    ? readdirSync(inProject(folder), { recursive: true, encoding: "utf8" })
    : [];
  const tests = files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.replaceAll("\\", "/"))
    .sort();
  if (tests.length === 0) throw new Error(`${folder} holds no test`);
  const outfile = join(dist, "test", `${name}.cjs`);
  // Test files describe themselves when they are loaded, which has to wait until mocha is there.
  const loads = tests.map((file) => `require(${JSON.stringify(`./${folder}/${file}`)});`).join(" ");
  await esbuild.build({
    ...shared,
    stdin: {
      contents: `import { runSuite } from "./test/vscode/mocha.ts";\nexport const run = () => runSuite(() => { ${loads} });\n`,
      resolveDir: root,
      loader: "ts",
    },
    outfile,
    sourcemap: "inline",
    logLevel: "error",
  });
  return outfile;
}
