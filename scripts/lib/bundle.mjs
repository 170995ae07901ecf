// Turns the sources into what runs: one bundle for each program, the grammars beside them, and the licences of what went in.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as esbuild from "esbuild";
import { cache, dist, inModules, root } from "./paths.mjs";

/** @typedef {{ readonly name: string, readonly entry: string }} Program */

/** @type {readonly Program[]} */
export const programs = [
  { name: "client", entry: "client/extension.ts" },
  { name: "dakota", entry: "server/shells.ts" },
];

/** The programs of the second bundle: a line each that calls its shell. */
const launchers = {
  "server.js": 'require("./dakota.js").server();\n',
  "cli.js": '#!/usr/bin/env node\nrequire("./dakota.js").cli();\n',
};

const grammars = [
  "web-tree-sitter/web-tree-sitter.wasm",
  "@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm",
];

/** What every bundle has in common. The extension host of VS Code 1.100 is Node 20 and wants CommonJS.
 * @type {esbuild.BuildOptions} */
export const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // Some packages' main is UMD, which hides its imports from the bundler.
  mainFields: ["module", "main"],
  external: ["vscode"],
  // The ESM build asks for import.meta.url, which a CommonJS bundle does not have.
  alias: { "web-tree-sitter": inModules("web-tree-sitter/web-tree-sitter.cjs") },
  absWorkingDir: root,
  logLevel: "silent",
};

/** @param {Program} program @returns {esbuild.BuildOptions} */
function optionsOf({ name, entry }) {
  return {
    ...shared,
    entryPoints: [entry],
    outfile: join(dist, `${name}.js`),
    minify: true,
    metafile: true,
    legalComments: "none",
  };
}

/**
 * Builds every program into dist/.
 * @returns {Promise<readonly string[]>} what was built, with sizes: one line each
 * @throws Error with the compiler's messages when a source does not build
 */
export async function buildPrograms() {
  copyGrammars();
  writeLaunchers();
  /** @type {string[]} */
  const lines = [];
  /** @type {Set<string>} */
  const inputs = new Set();
  for (const program of programs) {
    const { metafile } = await explained(esbuild.build({ ...optionsOf(program), metafile: true }));
    finish(program, metafile);
    for (const input of Object.keys(metafile.inputs)) inputs.add(input);
    for (const [file, { bytes }] of Object.entries(metafile.outputs)) lines.push(`${file} ${kilobytes(bytes)}`);
  }
  writeFileSync(join(dist, "THIRD-PARTY-NOTICES.txt"), notices([...inputs]));
  return lines;
}

/**
 * Builds and goes on building at every change.
 * @param {(line: string) => void} say
 * @returns {Promise<() => Promise<void>>} ends it
 */
export async function watchPrograms(say) {
  copyGrammars();
  writeLaunchers();
  const contexts = await Promise.all(
    programs.map((program) =>
      esbuild.context({
        ...optionsOf(program),
        logLevel: "warning",
        plugins: [
          {
            name: "tell",
            setup: (build) =>
              build.onEnd(({ errors, metafile }) => {
                if (metafile && errors.length === 0) finish(program, metafile);
                say(errors.length > 0 ? `${program.name}: ${errors.length} errors` : `${program.name}: built`);
              }),
          },
        ],
      }),
    ),
  );
  for (const context of contexts) await context.watch();
  return async () => {
    for (const context of contexts) await context.dispose();
  };
}

/** @param {Program} program @param {esbuild.Metafile} metafile */
function finish({ name }, metafile) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, `meta-${name}.json`), JSON.stringify(metafile));
}

function copyGrammars() {
  mkdirSync(dist, { recursive: true });
  for (const file of grammars) copyFileSync(inModules(file), join(dist, file.slice(file.lastIndexOf("/") + 1)));
}

function writeLaunchers() {
  for (const [name, text] of Object.entries(launchers)) writeFileSync(join(dist, name), text, { mode: 0o755 });
}

/**
 * The licences of the packages that went into the bundles and the grammars; most ask for their text to go along.
 * @param {readonly string[]} inputs paths of bundled files
 */
function notices(inputs) {
  const folders = new Set(grammars.map((file) => `node_modules/${dirname(file)}`));
  for (const input of inputs) {
    const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
    if (found) folders.add(found[0]);
  }
  const parts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const file = readdirSync(join(root, folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file ? readFileSync(join(root, folder, file), "utf8").trim() : `Licence: ${license}`;
    return `${name} ${version}\n\n${text}\n`;
  });
  return `Dakota contains these packages:\n\n${parts.join("\n----------------------------------------\n\n")}`;
}

/** @template T @param {Promise<T>} build @returns {Promise<T>} */
async function explained(build) {
  try {
    return await build;
  } catch (error) {
    if (!(error instanceof Error) || !("errors" in error) || !Array.isArray(error.errors)) throw error;
    const messages = await esbuild.formatMessages(error.errors, { kind: "error", color: false });
    throw new Error(messages.join("\n").trim());
  }
}

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(0)} KB`;
