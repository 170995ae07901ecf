// Prometheus rule files, and the same rules inside Kubernetes objects, as rules read them; and the routes of Alertmanager.

import type { Span } from "../../text.js";
import { type Field, look, type Tree } from "../kubernetes/look.js";
import type { Problem, Source } from "../source.js";
import type { YamlScalar } from "../yaml/model.js";
import type { Routing } from "./alertmanager.js";
import type { Expr } from "./expression.js";
import { textIn } from "./scalars.js";

export interface PrometheusFile extends Source {
  /** In the order of the text. */
  readonly alerts: readonly Alert[];
  readonly records: readonly Recording[];
  /** What Prometheus would refuse to load, at its place. */
  readonly faults: readonly Problem[];
  readonly routings: readonly Routing[];
}

export interface Alert {
  readonly name: Field<string>;
  /** How messages call it: its name as the file writes it, in quotes. */
  readonly called: string;
  /** The value of `alert`. */
  readonly span: Span;
  readonly tree: Tree;
  /** The group it stands in; its labels hold for the alert as well. */
  readonly group?: Tree;
  /** Stands in a branch of a template: another rule may stand there in its place. */
  readonly conditional: boolean;
  readonly expression?: Expression;
}

export interface Recording {
  readonly name: string;
  readonly expression?: Expression;
}

/** The value of `expr`. */
export interface Expression {
  readonly text: string;
  readonly scalar: YamlScalar;
  /** Absent where it is no PromQL, or a template writes parts of it. */
  readonly root?: Expr;
}

/** A label that the rule itself sets, or else its group. */
export function labelOf({ tree, group }: Alert, name: string, text: string): Field<string> {
  const own = textIn(text, look(tree, "labels", name));
  return own.state !== "absent" || !group ? own : textIn(text, look(group, "labels", name));
}

/** An annotation, with the actions that Prometheus fills in. Those of a Helm template that only write braces are resolved. */
export const annotationOf = ({ tree }: Alert, name: string, text: string): Field<string> =>
  textIn(text, look(tree, "annotations", name));

/** The first annotation of these that says something; else that all are absent or empty, or that this is unknown. */
export function firstAnnotation(alert: Alert, names: readonly string[], text: string): Field<string> {
  const fields = names.map((name) => annotationOf(alert, name, text));
  const said = fields.find((field) => field.state === "set" && field.value.trim() !== "");
  return said ?? fields.find(({ state }) => state === "unknown") ?? fields.find(isSet) ?? { state: "absent" };
}

const isSet = ({ state }: Field<string>): boolean => state === "set";

/** Whether an alert is there to be held back or to prove that the way of alerts works: nobody is to act on it. */
export function isSilent(alert: Alert, text: string): boolean {
  const severity = labelOf(alert, "severity", text);
  if (severity.state === "set" && severity.value === "none") return true;
  return alert.name.state === "set" && /^(?:Watchdog|DeadMansSwitch|InfoInhibitor)$/i.test(alert.name.value);
}
