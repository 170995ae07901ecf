// The routes of an Alertmanager configuration: which receivers an alert may end at, as far as its severity decides that.

import type { Span } from "../../text.js";

export interface Routing {
  readonly root: Route;
  /** Receivers by name: whether they notify anybody; undefined where the text does not tell. */
  readonly receivers: ReadonlyMap<string, boolean | undefined>;
  /** Where findings stand when the configuration is a value inside another file: its key. */
  readonly place?: Span;
}

export interface Route {
  /** Absent where the route above decides; the name is undefined where the text does not tell. */
  readonly receiver?: { readonly name: string | undefined; readonly span: Span };
  readonly conditions: readonly Condition[];
  /** `continue: true`: routes beside it are tried as well. */
  readonly goesOn: boolean;
  readonly routes: readonly Route[];
}

/** One thing that a route asks of a label. A condition that could not be read has no label. */
export interface Condition {
  readonly label?: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

export type End = NonNullable<Route["receiver"]>;

/** Every receiver that an alert with this severity may end at, whatever its other labels are. Source: Alertmanager, "<route>". */
export function endsOf(route: Route, severity: string, inherited?: End): readonly End[] {
  const own = route.receiver ?? inherited;
  const ends: End[] = [];
  let handled = false;
  for (const child of route.routes) {
    const answer = answerOf(child, severity);
    if (answer === "no") continue;
    ends.push(...endsOf(child, severity, own));
    if (answer === "yes") handled = true;
    if (answer === "yes" && !child.goesOn) break;
  }
  return handled || !own ? ends : [...ends, own];
}

function answerOf({ conditions }: Route, severity: string): "yes" | "no" | "perhaps" {
  let answer: "yes" | "perhaps" = "yes";
  for (const { label, operator, value } of conditions) {
    const holds = label === "severity" ? matches(severity, operator, value) : undefined;
    if (holds === false) return "no";
    if (holds === undefined) answer = "perhaps";
  }
  return answer;
}

function matches(severity: string, operator: Condition["operator"], value: string): boolean | undefined {
  if (operator === "=" || operator === "!=") return (severity === value) === (operator === "=");
  // RE2 knows less than a RegExp, and most of what both know means the same; look-arounds and the like do not exist there.
  if (!/^[\w\s|()[\].*+?^$-]*$/.test(value) || value.includes("(?")) return undefined;
  try {
    return new RegExp(`^(?:${value})$`).test(severity) === (operator === "=~");
  } catch {
    return undefined;
  }
}
