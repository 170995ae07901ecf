// The rules' pages in docs/rules: what a rule says of itself, with the cases of its fixture as examples.

import type { Notice } from "../../server/engine/notices.js";
import type { Rule } from "../../server/engine/rule.js";
import { type FixtureCase, readFixture } from "../../test/harness/fixture.js";

const derived = "<!-- Derived by scripts/gen.ts from the rule and its fixture. -->";

const languageNames: Readonly<Record<string, string>> = {
  compose: "Compose",
  dockerfile: "Dockerfile",
  kubernetes: "Kubernetes",
  output: "Output documents of phases",
  prometheus: "Prometheus",
  terraform: "Terraform",
  tracker: "Phase trackers",
  pipeline: "Pipelines",
};

/** The page of a rule; `fixture` is the Markdown of its fixture, empty where it has none yet. */
export function rulePage(id: string, rule: Rule, fixture: string): string {
  const languages = (typeof rule.on === "string" ? [rule.on] : rule.on).map((one) => languageNames[one] ?? one);
  const cases = readFixture(fixture);
  const fixes = cases.some(({ fixed, created }) => fixed !== undefined || created) ? "yes" : "no";
  return page([
    `# ${id}`,
    derived,
    `**${rule.title}.** ${rule.why}`,
    table(
      ["Judges", "Severity", "Profile", "Phase", "Quick fix"],
      [[languages.join(", "), rule.severity, rule.profile, String(rule.phase), fixes]],
    ),
    `Standard: ${rule.standard}.${rule.alsoKnownAs?.length ? ` Elsewhere: ${rule.alsoKnownAs.join(", ")}.` : ""}`,
    ...optionsSection(id, rule),
    ...(cases.length > 0 ? ["## Examples", ...examples(cases)] : []),
    ...settingsSection(id, rule),
  ]);
}

function optionsSection(id: string, rule: Rule): readonly string[] {
  const options = Object.entries(rule.options);
  if (options.length === 0) return [];
  const code = (value: unknown): string => `\`${JSON.stringify(value)}\``;
  const rows = options.map(([name, { about, fallback, strict }]) => [
    `\`${name}\``,
    about,
    strict === undefined ? code(fallback) : `${code(fallback)}, in \`strict\` and \`all\` ${code(strict)}`,
  ]);
  const [name, { fallback }] = options[0] ?? ["", { fallback: "" }];
  const sample = ["rules:", `  ${id}:`, `    ${name}: ${JSON.stringify(fallback)}`].join("\n");
  return ["## Options", table(["Option", "What it does", "Default"], rows), fence("yaml", sample)];
}

const settingsSection = (id: string, { on }: Rule): readonly string[] => [
  "## Setting it aside",
  `For one place, with a reason, and until a date if the exception should end by itself:`,
  ignoreSample(`dakota-ignore ${id} until=2030-12-31 -- why this is right here`, on === "tracker" || on === "output"),
  "For a folder, in its `.dakota.yaml`:",
  fence("yaml", `rules:\n  ${id}: off`),
];

const ignoreSample = (said: string, markdown: boolean): string =>
  markdown ? fence("markdown", `<!-- ${said} -->`) : fence("yaml", `# ${said}`);

/** Characters of examples a page holds before the others are only named: a page is read, and every package carries it. */
const enough = 3500;

/** The first cases as examples, and the titles of the others. */
function examples(cases: readonly FixtureCase[]): readonly string[] {
  const shown: string[] = [];
  let length = 0;
  for (const one of cases) {
    if (length > enough) break;
    const text = example(one);
    length += text.length;
    shown.push(text);
  }
  const rest = cases.slice(shown.length).map(({ title, expected }) => {
    const count = expected.length;
    return `- ${title}: ${count === 0 ? "nothing is found" : count === 1 ? "a finding" : `${count} findings`}`;
  });
  return rest.length === 0 ? shown : [...shown, "### Also tried", rest.join("\n")];
}

function example(one: FixtureCase): string {
  const marks = one.expected.map(({ line, message }) => `- line ${line + 1}: ${message}`);
  return [
    `### ${one.title}`,
    ...(one.prose ? [one.prose] : []),
    ...(one.options ? ["With these options:", fence("yaml", one.options)] : []),
    ...one.others.flatMap(({ path, language, text }) => [`With \`${path}\` beside it:`, fence(language, text)]),
    ...(one.others.length > 0 ? [`In \`${one.judged.path}\`:`] : []),
    fence(one.judged.language, one.judged.text),
    marks.length > 0 ? marks.join("\n") : "Nothing is found.",
    ...(one.fixed ? ["Mended:", fence(one.judged.language, one.fixed)] : []),
    ...(one.created ? [`Mended by a new file, \`${one.created.path}\`:`, fence("text", one.created.text)] : []),
  ].join("\n\n");
}

/** The page of a notice. */
export const noticePage = (id: string, { title, why, severity }: Notice): string =>
  page([
    `# ${id}`,
    derived,
    `**${title}.** ${why}`,
    `Severity: ${severity}. It is set in \`.dakota.yaml\` like a rule's.`,
  ]);

/** The list of all rules, by group. */
export function rulesIndex(rules: Readonly<Record<string, Rule>>, notices: Readonly<Record<string, Notice>>): string {
  const groups = new Map<string, (readonly string[])[]>();
  const add = (id: string, ...cells: readonly string[]): void => {
    const group = id.slice(0, id.indexOf("/"));
    groups.set(group, [...(groups.get(group) ?? []), [`[${id}](${id}.md)`, ...cells]]);
  };
  for (const [id, { title, severity, profile }] of Object.entries(rules)) add(id, title, severity, profile);
  for (const [id, { title, severity }] of Object.entries(notices)) add(id, title, severity, "recommended");
  const head = ["Rule", "What it asks for", "Severity", "Profile"];
  const sections = [...groups].flatMap(([group, rows]) => [`## ${group}`, table(head, rows)]);
  return page(["# Rules", derived, ...sections]);
}

const page = (parts: readonly string[]): string => `${parts.join("\n\n")}\n`;

const cell = (text: string): string => text.replace(/\|/g, "\\|").replace(/\n/g, " ");

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

function fence(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const marks = "`".repeat(longest + 1);
  return `${marks}${language}\n${text.replace(/\r/g, "").replace(/\n$/, "")}\n${marks}`;
}
