// Writes everything that is derived: the catalogue of rules, the schemas of `.dakota.yaml` and
// of protocols, the protocols as the program reads them, and the rules' pages. `--check` writes nothing and names what is stale.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { notices } from "../server/engine/notices.js";
import { protocolSchema } from "../server/engine/protocol/form.js";
import { readProtocol } from "../server/engine/protocol/read.js";
import type { Rule } from "../server/engine/rule.js";
import { catalogueSource } from "./gen/catalogue.js";
import { noticePage, rulePage, rulesIndex } from "./gen/pages.js";

const root = join(import.meta.dirname, "..");
const check = process.argv.includes("--check");
const stale: string[] = [];

function derive(file: string, text: string): void {
  const path = join(root, file);
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  stale.push(file);
  if (check) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function filesBelow(folder: string, ending: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => file.endsWith(ending))
    .sort();
}

/** Every protocol as the reader gives it, one a line: YAML takes far longer to read than a start may take. */
function protocolsText(): string {
  const protocols = filesBelow("protocols", ".yaml").map((file) => {
    const { protocol, problems } = readProtocol(readFileSync(join(root, "protocols", file), "utf8"));
    if (!protocol || problems.length > 0)
      throw new Error(`${file}: ${problems.map(({ message }) => message).join("; ")}`);
    return JSON.stringify(protocol);
  });
  return `[\n${protocols.join(",\n")}\n]\n`;
}

async function main(): Promise<void> {
  const ids = filesBelow("server/engine/rules", ".ts")
    .filter((file) => !file.split("/").at(-1)?.startsWith("_"))
    .map((file) => file.slice(0, -".ts".length));
  derive("server/engine/catalogue.gen.ts", catalogueSource(ids));

  const rules: Record<string, Rule> = {};
  for (const id of ids) rules[id] = ((await import(`../server/engine/rules/${id}.ts`)) as { default: Rule }).default;

  // Imported only now: it reads the catalogue that has just been written.
  const { configSchema } = await import("../server/engine/config-form.js");
  derive("protocols/all.gen.json", protocolsText());
  // For programs, and in every package: written without spaces.
  derive("schemas/protocol.schema.json", `${JSON.stringify(protocolSchema)}\n`);
  derive("schemas/config.schema.json", `${JSON.stringify(configSchema())}\n`);

  const pages = new Map<string, string>();
  for (const [id, rule] of Object.entries(rules)) {
    const fixture = join(root, "test/rules", `${id}.md`);
    pages.set(`docs/rules/${id}.md`, rulePage(id, rule, existsSync(fixture) ? readFileSync(fixture, "utf8") : ""));
  }
  for (const [id, notice] of Object.entries(notices)) pages.set(`docs/rules/${id}.md`, noticePage(id, notice));
  pages.set("docs/rules/README.md", rulesIndex(rules, notices));
  for (const [file, text] of pages) derive(file, text);
  for (const file of filesBelow("docs/rules", ".md").map((one) => `docs/rules/${one}`))
    if (!pages.has(file)) {
      stale.push(`${file} (no such rule)`);
      if (!check) rmSync(join(root, file));
    }

  if (check && stale.length > 0) {
    console.error(
      `stale; run "npm run gen":\n${stale.map((file) => `  ${relative(root, join(root, file))}`).join("\n")}`,
    );
    process.exitCode = 1;
  } else console.log(check ? "derived files are current" : `${stale.length} derived files written`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
