// Each provider that a root module uses is required with its source and a version.

import { requiredProviders } from "../../languages/terraform/contents.js";
import { nestedBlocks, type TerraformFile } from "../../languages/terraform/model.js";
import { at, type Fix, insertAt, rule, snippet } from "../../rule.js";
import { lineEnd } from "../../text.js";
import { addLines, stop } from "./_edits.js";
import { contentsIn, isRun, placeIn, speaksFor } from "./_module.js";

export default rule({
  on: "terraform",
  title: "Pin the versions of providers",
  why: "A provider without a version comes in its newest release, whose defaults and arguments may have changed since the code was written. A constraint makes the upgrade a change that somebody reviews; the source says whose provider is meant.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Pipeline Principles",
  alsoKnownAs: ["tflint terraform_required_providers"],

  *check(file, _options, workspace) {
    const { folder } = file;
    if (file.kind !== "configuration" || file.override || !isRun(workspace, folder)) return;
    const contents = contentsIn(workspace, folder) ?? [];
    const required = contents.flatMap((one) => one.required);
    for (const { name, source, version, attribute } of requiredProviders(file.blocks)) {
      // An override file replaces the entry as a whole.
      const entries = required.filter((other) => other.name === name);
      const over = entries.findLast(({ override }) => override);
      const isSaid = (part: "source" | "version") => (over ? over[part] : entries.some((other) => other[part]));
      const lacks = (["source", "version"] as const).filter((part) => !isSaid(part));
      const by = over ? " by the override file of this module" : "";
      if (lacks.length > 0 && (over || !(source && version)))
        yield at(attribute.nameSpan, `provider "${name}" is required without a ${lacks.join(" and a ")}${by}`);
    }
    if (!speaksFor(file, workspace)) return;
    const used = [...new Set(contents.flatMap(({ uses }) => uses))].sort();
    const missing = used.filter((name) => !required.some((other) => other.name === name));
    if (missing.length === 0) return;
    const names = missing.map((name) => `"${name}"`).join(", ");
    const edit = requirements(file, missing);
    yield at(
      placeIn(file),
      `this root module uses ${missing.length > 1 ? "providers" : "provider"} ${names}, which no "required_providers" pins`,
      ...(edit ? [edit] : []),
    );
  },
});

// Providers that HashiCorp publishes under its own name in the registry, with the release line of late 2025 as a proposal.
const official: Readonly<Record<string, string>> = {
  archive: "2.7",
  aws: "6.0",
  awscc: "1.0",
  azuread: "3.0",
  azurerm: "4.0",
  cloudinit: "2.3",
  consul: "2.22",
  dns: "3.4",
  external: "2.3",
  google: "6.0",
  "google-beta": "6.0",
  helm: "3.0",
  http: "3.5",
  kubernetes: "2.38",
  local: "2.5",
  nomad: "2.5",
  null: "3.2",
  random: "3.7",
  time: "0.13",
  tls: "4.1",
  vault: "5.0",
};

/** The missing entries with a version to fill in, in the block that is there or in a new one. */
function requirements(file: TerraformFile, names: readonly string[]): Fix | undefined {
  const { text, blocks } = file;
  const title = names.length > 1 ? "Require the providers" : "Require the provider";
  const entries = names.flatMap((name, i) => [
    `${name} = {`,
    `  source  = "${Object.hasOwn(official, name) ? `hashicorp/${name}` : `${stop(2 * i + 1, "namespace")}/${name}`}"`,
    `  version = "~> ${stop(2 * i + 2, official[name] ?? "1.0")}"`,
    "}",
  ]);
  const block = ["required_providers {", ...entries.map((line) => `  ${line}`), "}"];
  const settings = blocks.find(({ type }) => type === "terraform");
  const [present] = settings ? nestedBlocks(settings, "required_providers") : [];
  const within = present
    ? addLines(file, present.block, "end", entries)
    : settings && addLines(file, settings, "start", block);
  if (settings) return within && snippet(title, within);
  const newline = lineEnd(text);
  const whole = ["terraform {", ...block.map((line) => `  ${line}`), "}", "", ""].join(newline);
  const first = blocks[0];
  return first && text.slice(0, first.span.start).trim() === ""
    ? snippet(title, insertAt(first.span.start, whole))
    : undefined;
}
