// Writes everything that is derived: the catalogue of rules, the schemas of `.dakota.yaml` (with its compiled validator)
// and of protocols, the protocols as the program reads them, and the rules' pages. `--check` writes nothing and names what is stale.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { notices } from "../server/engine/notices.js";
import { protocolSchema } from "../server/engine/protocol/form.js";
import { readProtocol } from "../server/engine/protocol/read.js";
import type { Rule } from "../server/engine/rule.js";
import { catalogueSource } from "./gen/catalogue.js";
import { configSchema } from "./gen/config-schema.js";
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

/** A schema without the texts that only people read: the compiled validator would carry them. */
function wordless(schema: Record<string, unknown>): Record<string, unknown> {
  const bare = JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      (key === "description" || key === "default") && (typeof value !== "object" || Array.isArray(value))
        ? undefined
        : value,
    ),
  ) as Record<string, unknown>;
  // Most options are lists of words: one function for them all instead of its code a hundred times.
  const words = JSON.stringify({ type: "array", items: { type: "string" } });
  const shared = JSON.parse(
    JSON.stringify(bare, (_, value: unknown) =>
      JSON.stringify(value) === words ? { $ref: "#/definitions/strings" } : value,
    ),
  ) as Record<string, unknown>;
  return { ...shared, definitions: { ...(shared.definitions as object), strings: JSON.parse(words) as unknown } };
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

  const schema = configSchema(rules, notices);
  derive("protocols/all.gen.json", protocolsText());
  derive("schemas/protocol.schema.json", `${inLines(protocolSchema)}\n`);
  derive("schemas/config.schema.json", `${inLines(schema)}\n`);

  const ajv = new Ajv({ allErrors: true, code: { source: true, esm: true }, allowUnionTypes: true, inlineRefs: false });
  const code = (standalone as unknown as { default: (ajv: Ajv, validate: unknown) => string }).default(
    ajv,
    ajv.compile(wordless(schema)),
  );
  if (/\brequire\(/.test(code))
    throw new Error("the compiled validator needs a module at run time; simplify the schema");
  derive(
    "server/engine/config.validate.gen.js",
    `// Derived by scripts/gen.ts from schemas/config.schema.json.\n${code}\n`,
  );

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

/** JSON with a line for each definition and each property of a property: it is packed, and a change shows where it belongs. */
function inLines(value: unknown, depth = 0): string {
  if (depth > 3 || typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  const indent = "  ".repeat(depth);
  const entries = Object.entries(value).map(
    ([key, inner]) => `${indent}  ${JSON.stringify(key)}: ${inLines(inner, depth + 1)}`,
  );
  return entries.length > 0 ? `{\n${entries.join(",\n")}\n${indent}}` : "{}";
}
