// Packs the built extension into a .vsix, without the network.
import { existsSync, readFileSync, statSync } from "node:fs";
import { inModules, inProject, root } from "./paths.mjs";
import { run } from "./processes.mjs";

/** Bytes that the package may have at most. */
export const packageLimit = 1024 * 1024;

/**
 * Packs what dist/ holds.
 * @returns {Promise<{ readonly file: string, readonly bytes: number }>}
 * @throws Error when something that belongs into it lacks, or it grows over the limit
 */
export async function packageExtension() {
  const { version, main } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
  // vsce would ask whether to go on without some of them.
  const lacking = [main, "README.md", "CHANGELOG.md", "LICENSE"].filter((path) => !existsSync(inProject(path)));
  if (lacking.length > 0) throw new Error(`The package lacks ${lacking.join(", ")}`);
  const file = inProject(`dakota-${version}.vsix`);
  // A process of its own: vsce ends the one it runs in when something is wrong.
  const { code, output } = await run(
    process.execPath,
    [
      inModules("@vscode/vsce/vsce"),
      "package",
      "--no-dependencies",
      // Links of the README stay as they are: where the repository lies is nothing the package has to know.
      "--no-rewrite-relative-links",
      "--allow-missing-repository",
      `--out=${file}`,
      // The pages of the rules about secrets show what one looks like.
      "--allow-package-secrets",
      "privatekey",
      "npm",
      "github",
    ],
    { cwd: root },
  );
  if (code !== 0) throw new Error(`vsce ended with ${code}\n${output}`);
  const { size } = statSync(file);
  if (size > packageLimit) throw new Error(`${file} has ${size} bytes, ${packageLimit} are allowed`);
  return { file, bytes: size };
}
