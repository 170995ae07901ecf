// Who may import what: the walls of the house.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const files = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .map((file) => join(folder, file));

const importsOf = (file: string): readonly string[] =>
  [
    ...readFileSync(file, "utf8").matchAll(
      /^(?:import|export)\b[^"']*?from\s+["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/gm,
    ),
  ].map(([, from, dynamic]) => from ?? dynamic ?? "");

/** A relative import as a path from the root; a package by its name. */
const resolved = (file: string, from: string): string =>
  from.startsWith(".") ? normalize(join(dirname(file), from)).replace(/\.js$/, ".ts") : from;

const violations = (folder: string, forbidden: (from: string, file: string) => boolean): readonly string[] =>
  files(folder).flatMap((file) =>
    importsOf(file)
      .map((from) => resolved(file, from))
      .filter((from) => forbidden(from, file))
      .map((from) => `${file} imports ${from}`),
  );

const parsers: Readonly<Record<string, string>> = {
  yaml: "server/engine/languages/yaml/parse.ts",
  "web-tree-sitter": "server/engine/languages/terraform/parse.ts",
};

describe("the engine", () => {
  it("knows no editor, no Node, no shell", () => {
    const outside = (from: string): boolean =>
      /^(?:vscode|node:)/.test(from) || /^server\/(?:lsp|cli|mcp|host)\//.test(from) || from.startsWith("client/");
    expect(violations("server/engine", outside)).toEqual([]);
  });

  it("has one file a parser package", () => {
    expect(violations("server/engine", (from, file) => from in parsers && parsers[from] !== file)).toEqual([]);
  });
});

describe("a rule", () => {
  it("imports what rules are written in, helpers of its group, and knowledge without a parser", () => {
    const allowed = (from: string, file: string): boolean =>
      from === "server/engine/rule.ts" ||
      (dirname(from) === dirname(file) && /\/_[^/]+$/.test(from)) ||
      /^server\/engine\/(?:gitignore|image|ports|secret-names|secret-options|secrets|snippet|text)\.ts$/.test(from) ||
      /^server\/engine\/protocol\/[^/]+\.ts$/.test(from) ||
      (/^server\/engine\/languages\/[^/]+\/[^/]+\.ts$/.test(from) && !/\/parse[^/]*\.ts$/.test(from));
    expect(violations("server/engine/rules", (from, file) => !allowed(from, file))).toEqual([]);
  });
});

describe("the shells", () => {
  it("do not import each other", () => {
    for (const shell of ["lsp", "cli"])
      expect(
        violations(
          `server/${shell}`,
          (from) => /^server\/(?:lsp|cli|mcp)\//.test(from) && !from.startsWith(`server/${shell}/`),
        ),
      ).toEqual([]);
  });

  it("leave the client with the messages alone", () => {
    expect(violations("client", (from) => from.startsWith("server/") && from !== "server/messages.ts")).toEqual([]);
  });
});
