// Evidence in alerts: that there are any, or that every one of them names a runbook.

import type { Evidence } from "../model.js";
import { doubtsIn, type Evaluator, found, missing, notFound, unknown } from "./result.js";

type Alert = Extract<Evidence, { readonly kind: "alert" }>;

export const alert: Evaluator<Alert> = (evidence, parts) => {
  const files = parts.lookup
    .facts("prometheus.runbooks", "all")
    .filter(({ path, alerts }) => alerts > 0 && parts.speaksFor(path));
  // Rules can stand in rule files and in manifests.
  const doubts = [...doubtsIn("prometheus", parts), ...doubtsIn("kubernetes", parts)];
  const [alerts, linked, open] = [sum(files, "alerts"), sum(files, "linked"), sum(files, "unknown")];
  if (alerts === 0) return notFound(evidence, "no alert rule", doubts);
  const places = files.map(({ path, line, name }) => ({ path, line, what: name }));
  if (!evidence.runbook) return found(evidence, `${alerts} ${alerts === 1 ? "alert" : "alerts"}`, places);
  const text = `${linked} of ${alerts} ${alerts === 1 ? "alert has" : "alerts have"} a runbook`;
  if (linked + open < alerts) {
    const lacking = files.flatMap(({ path, lacking }) =>
      lacking ? [{ path, line: lacking.line, what: lacking.name }] : [],
    );
    return missing(evidence, text, lacking);
  }
  if (open > 0) return unknown(evidence, `${text}, of ${open} a template decides`, places);
  // An alert that nobody could read may lack its runbook.
  const [doubt] = doubts;
  return doubt === undefined ? found(evidence, text, places) : unknown(evidence, `${text}, but ${doubt}`, places);
};

const sum = <K extends string>(files: readonly Readonly<Record<K, number>>[], key: K): number =>
  files.reduce((total, file) => total + file[key], 0);
