// Grafana dashboards as JSON files: whether a text is one, and what it is called. Nothing in them is judged.

import { lineAt, lineStarts } from "../text.js";
import type { Fact } from "../workspace.js";

/** The title of a dashboard, or the name of the ConfigMap that carries it; the line counts from zero. */
export interface DashboardFact {
  readonly name: string;
  readonly line: number;
}

/** JSON that tools write or read for other ends: dependencies, compilers, lockfiles. */
const others =
  /^(?:(?:package|composer|npm-shrinkwrap|tsconfig|jsconfig|angular|deno|biome|renovate)\b.*|.*[.-]lock)\.json$/i;

/** Whether a file can be a dashboard by its name. */
export function mayBeDashboard(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/\/(?:node_modules|\.terraform)\//.test(path)) return false;
  return /\.json$/i.test(name) && !/\.(?:tf|tofu|tfvars)\.json$/i.test(name) && !others.test(name);
}

/**
 * What a JSON file says to others: that it is a dashboard. It has panels (rows, in the oldest form) and says the version
 * of its form. Source: Grafana 12, "Dashboard JSON model"; the HTTP API wraps the same model in `dashboard`.
 */
export function dashboardFacts(text: string): readonly Fact[] {
  if (!/"(?:panels|rows)"\s*:/.test(text) || !/"schemaVersion"\s*:/.test(text)) return [];
  const name = titleIn(text);
  if (name === undefined) return [];
  const line = lineAt(lineStarts(text), Math.max(0, text.indexOf(JSON.stringify(name))));
  return [{ kind: "grafana.dashboard", key: "all", value: { name, line } }];
}

/** The title of the dashboard; undefined where the text is none. */
function titleIn(text: string): string | undefined {
  try {
    const root = entriesOf(JSON.parse(text.replace(/^\uFEFF/, "")));
    const wrapped = root.get("dashboard");
    const model = wrapped === undefined ? root : entriesOf(wrapped);
    const [title, panels] = [model.get("title"), model.get("panels") ?? model.get("rows")];
    if (!Array.isArray(panels) || typeof model.get("schemaVersion") !== "number") return undefined;
    return typeof title === "string" ? title : "";
  } catch {
    return undefined; // no JSON: a template, say, which says nothing for certain
  }
}

const entriesOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
