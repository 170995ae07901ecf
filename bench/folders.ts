// Checking every file of real folders against parsing every file of them, by language.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { catalogue } from "../server/engine/catalogue.gen.js";
import { settingsFor } from "../server/engine/config.js";
import { detect, isCandidate } from "../server/engine/detect.js";
import { createEngine } from "../server/engine/engine.js";
import { createTerraformParser } from "../server/engine/languages/terraform/parse.js";
import { readText, toEnginePath, walk } from "../server/host/files.js";
import { row } from "./statistics.js";
import type { Sample } from "./texts.js";

const parserOf = {
  compose: "yaml",
  dockerfile: "dockerfile",
  kubernetes: "yaml",
  pipeline: "yaml",
  prometheus: "yaml",
  terraform: "terraform",
} as const;

interface Sum {
  files: number;
  bare: number;
  ours: number;
}

/** Prints a row a language and one for all of them: files, milliseconds of the bare parser and of a whole check, and their ratio. */
export async function measureFolders(
  folders: readonly string[],
  parsers: Readonly<Record<Sample["parser"], (text: string) => void>>,
): Promise<void> {
  const parseTerraform = await createTerraformParser({
    runtime: readFileSync(join("dist", "web-tree-sitter.wasm")),
    grammar: readFileSync(join("dist", "tree-sitter-terraform.wasm")),
  });
  const engine = createEngine({ rules: catalogue, parseTerraform, today: () => "2026-01-01", protocols: () => [] });
  engine.complete();
  const files = await readAll(folders);
  const pass = (): ReadonlyMap<string, Sum> => {
    const sums = new Map<string, Sum>();
    for (const [path, text] of files) {
      const { language } = detect(path, text);
      if (!language || language === "config" || language === "protocol" || language === "markdown") continue;
      const sum = sums.get(language) ?? { files: 0, bare: 0, ours: 0 };
      sums.set(language, sum);
      const start = performance.now();
      parsers[parserOf[language]](text);
      const parsed = performance.now();
      engine.check(path, text, settingsFor(path, undefined));
      sum.files++;
      sum.bare += parsed - start;
      sum.ours += performance.now() - parsed;
    }
    return sums;
  };
  // The first pass warms both up: it would measure the compiler of the engine they run on.
  pass();
  const sums = new Map(pass());
  sums.set("all", [...sums.values()].reduce(added));
  console.log(`\n${row("Folders", "files", "parser ms", "check ms", "ratio", "bar 1.3")}`);
  for (const [language, { files, bare, ours }] of sums)
    console.log(
      row(
        language,
        files,
        bare.toFixed(0),
        ours.toFixed(0),
        (ours / bare).toFixed(2),
        ours / bare <= 1.3 ? "held" : "MISSED",
      ),
    );
}

const added = (one: Sum, other: Sum): Sum => ({
  files: one.files + other.files,
  bare: one.bare + other.bare,
  ours: one.ours + other.ours,
});

async function readAll(folders: readonly string[]): Promise<readonly (readonly [string, string])[]> {
  const texts: [string, string][] = [];
  for (const folder of folders)
    for await (const { path } of walk(folder)) {
      if (!isCandidate(toEnginePath(path))) continue;
      const { text } = await readText(path);
      if (text !== undefined) texts.push([toEnginePath(path), text]);
    }
  return texts;
}
