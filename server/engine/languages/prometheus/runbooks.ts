// How many alerts of a file name a runbook.

import { lineAt, lineStarts } from "../../text.js";
import { type Alert, firstAnnotation, isSilent, type PrometheusFile } from "./model.js";

/** The annotations that name a runbook where nobody says otherwise; one of them is enough. */
export const runbookAnnotations: readonly string[] = ["runbook_url", "runbook", "playbook", "playbook_url"];

/** Lines count from zero. */
export interface RunbookFact {
  /** Those that somebody is to act on. */
  readonly alerts: number;
  readonly linked: number;
  /** Of these a template writes the annotation, or parts of it. */
  readonly unknown: number;
  /** The first alert. */
  readonly name: string;
  readonly line: number;
  /** The first alert without a runbook. */
  readonly lacking?: { readonly name: string; readonly line: number };
}

/** Counts the alerts of a file that has at least one. */
export function runbooksOf({ alerts, text }: PrometheusFile): RunbookFact {
  const starts = lineStarts(text);
  const placeOf = ({ called, span }: Alert) => ({ name: called, line: lineAt(starts, span.start) });
  const active = alerts.filter((alert) => !isSilent(alert, text));
  const [first = alerts[0]] = active;
  let [linked, unknown] = [0, 0];
  let lacking: Alert | undefined;
  for (const alert of active) {
    const found = firstAnnotation(alert, runbookAnnotations, text);
    if (found.state === "unknown") unknown++;
    else if (found.state === "set" && found.value.trim() !== "") linked++;
    else lacking ??= alert;
  }
  return {
    alerts: active.length,
    linked,
    unknown,
    ...(first ? placeOf(first) : { name: "", line: 0 }),
    ...(lacking && { lacking: placeOf(lacking) }),
  };
}
