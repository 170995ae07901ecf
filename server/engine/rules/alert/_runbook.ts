// Where runbooks are: the annotations that name one, and the address that belongs to an alert.

import { type Alert, firstAnnotation } from "../../languages/prometheus/model.js";
import { runbookAnnotations } from "../../languages/prometheus/runbooks.js";
import { option } from "../../rule.js";

export const runbookKeys = option.strings(runbookAnnotations, "Annotations that name a runbook; one of them is enough");

export const runbookOf = (alert: Alert, keys: readonly string[], text: string) => firstAnnotation(alert, keys, text);

/** The address of an alert's runbook: `{alert}` in the base, or what stands behind it, is the name in kebab case. */
export function addressOf(base: string, name: string): string {
  const filled = base
    .replaceAll("{alert}", kebab(name))
    .replaceAll("{Alert}", name)
    .replaceAll("{alertlower}", name.toLowerCase());
  return filled === base ? `${base.replace(/\/$/, "")}/${kebab(name)}` : filled;
}

/** `HighErrorRate` as `high-error-rate`. */
export const kebab = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .replace(/[^A-Za-z\d]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
