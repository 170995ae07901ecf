// The catalogue: every rule by its id, which is its path.

const variable = (id: string): string => id.replace(/[/-](.)/g, (_match, letter: string) => letter.toUpperCase());

export const catalogueSource = (ids: readonly string[]): string =>
  [
    "// Derived by scripts/gen.ts from the folder rules/: the path of a rule is its id.",
    ...ids.map((id) => `import ${variable(id)} from "./rules/${id}.js";`),
    'import type { Rule } from "./rule.js";',
    "",
    "export const catalogue: Readonly<Record<string, Rule>> = {",
    ...ids.map((id) => `  "${id}": ${variable(id)},`),
    "};",
    "",
  ].join("\n");
