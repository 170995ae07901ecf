// Scanners as pipelines use them: which of them look into images, and which are told to pass whatever they find.

import type { Command, Setting, Step } from "./model.js";

const imageScanners =
  /\btrivy\b|\bgrype\b|anchore\/(?:scan-action|inline)|\bsnyk(?: container|\/docker|\/scan|\/actions\/docker)|\bdocker (?:scout|scan)\b|docker\/scout|\bdockle\b|\bclair|twistcli|prisma|sysdig|container[-_ ]?scan|image[-_ ]?scan|scan[-_ ]?(?:\w+[-_ ])?(?:image|container)|\bjf(?:rog)? |jfrog\/|\bwiz|ecr start-image-scan|kics.*docker|neuvector|aqua/i;

/** Whether a command, an action, or a name speaks of a scan of images. */
export const scansImages = (text: string): boolean =>
  imageScanners.test(text) && !/\btrivy\b.*\s(?:fs|filesystem|repo|repository|config|rootfs|k8s)\b/.test(text);

/** The value of an input of an action in lower case. */
export const inputOf = ({ inputs }: Step, name: string): string | undefined =>
  inputs
    ?.find((input) => input.name === name)
    ?.value.text.trim()
    .toLowerCase();

/** Whether an action of the scanners that can do both is told to look into files. */
export const scansFiles = (step: Step): boolean =>
  /trivy-action/.test(step.uses?.text ?? "") &&
  /^(?:fs|repo|config|rootfs|filesystem)$/.test(inputOf(step, "scan-type") ?? "");

/** The flag or flag with value by which a scanner ends well whatever it finds. */
export function softFlag({ words }: Command): string | undefined {
  const [program = ""] = words;
  for (const [i, word] of words.entries()) {
    if (/^--(?:soft-fail|exit-zero|no-fail|no-fail-on-\w+)$/.test(word)) return word;
    if (program.endsWith("gosec") && word === "-no-fail") return word;
    if (/^--exit-code=0$|^--ignore-on-exit=(?:all|results)$|^--audit-level=none$/.test(word)) return word;
    const next = words[i + 1] ?? "";
    if ((word === "--exit-code" && next === "0") || (word === "--ignore-on-exit" && /^(?:all|results)$/.test(next)))
      return `${word} ${next}`;
    if (program.endsWith("tfsec") && word === "-s") return word;
    if (program.endsWith("safety") && word === "--continue-on-error") return word;
  }
  return undefined;
}

/** Inputs by which the actions of scanners pass whatever they find. */
const softInputs: readonly (readonly [action: RegExp, input: string, value: RegExp])[] = [
  [/trivy-action/, "exit-code", /^0$/],
  [/checkov-action|tfsec|kics|terrascan/, "soft_fail", /^true$/],
  [/anchore\/scan-action/, "fail-build", /^false$/],
  [/container-scan/, "severity-threshold", /^none$/],
  [/dependency-review-action/, "warn-only", /^true$/],
];

/** The input of a scanner's action by which it passes whatever it finds. */
export const softInput = (step: Step): Setting | undefined => {
  const uses = step.uses?.text ?? "";
  const [, name, value] = softInputs.find(([action]) => action.test(uses)) ?? [];
  return name === undefined
    ? undefined
    : step.inputs?.find((input) => input.name === name && value?.test(input.value.text.trim().toLowerCase()));
};

/** Tools that pass whatever they find unless they are told from where on to fail, with what tells them. */
const silentTools: readonly (readonly [program: RegExp, commands: RegExp, told: RegExp])[] = [
  [
    /^(?:.*\/)?trivy$/,
    /^(?:image|i|fs|filesystem|repo|repository|config|conf|rootfs)$/,
    /^--(?:exit-code|config|download-\w+-only|help)/,
  ],
  [/^(?:.*\/)?grype$/, /./, /^(?:-f|--fail-on|-c|--config|--help|version|db)/],
];

/** Whether the scanner only prints what it finds. One that writes a report leaves the decision to who reads it. */
export function onlyPrints({ words }: Command): boolean {
  const [program = "", ...args] = words;
  const [, commands, told] = silentTools.find(([tool]) => tool.test(program)) ?? [];
  if (!commands || !told || !args.some((word) => commands.test(word))) return false;
  const reports = /^(?:-o|--output|-f|--format|--report|-t|--template)(?:=|$)/;
  return !args.some((word) => told.test(word) || reports.test(word) || word.includes("$"));
}

/** Tools that make a list or a score and find nothing to stop for; CodeQL hands its findings in itself. */
export const reporters = /codeql|sbom|syft|scorecard/i;
