// The texts of an alert as Prometheus fills them in: actions in double braces, with the labels and the value of the series.
// Language: Prometheus, "Template reference".

/** A label that a text shows, and the words it does it with. */
export interface UsedLabel {
  readonly name: string;
  readonly written: string;
}

const action = /\{\{-?([\s\S]*?)-?\}\}/g;
const label = /(?:\$labels|(?<![\w$)])\.Labels)\.([A-Za-z_]\w*)|index\s+(?:\$labels|\.Labels)\s+"([^"]*)"/g;
const speaking = /\$labels\b|\$value\b|(?<![\w$])\.(?:Labels|Value)\b|\bquery\b|^\s*\.\s*(?:\||$)/;

/** Whether a text tells anything of the series: a label, its value, or the result of a query. */
export function tellsOfSeries(text: string): boolean {
  if (!text.includes("{{")) return false;
  for (const [, body = ""] of text.matchAll(action)) if (speaking.test(body)) return true;
  return false;
}

/** The labels that a text shows; those that it first asks for by `if` are left out. */
export function labelsShown(text: string): readonly UsedLabel[] {
  if (!text.includes("{{")) return [];
  const bodies = [...text.matchAll(action)].map(([, body = ""]) => body.trim());
  const asked = new Set<string>();
  const labels: UsedLabel[] = [];
  for (const body of bodies)
    for (const [written, plain, indexed] of body.matchAll(label)) {
      const name = plain ?? indexed ?? "";
      if (/^(?:if|else if|with)\b/.test(body)) asked.add(name);
      else labels.push({ name, written });
    }
  // Variables can be given another meaning; inside "with" and "range" a dot is something else.
  if (bodies.some((body) => /\$labels\s*:?=/.test(body))) return [];
  const moved = bodies.some((body) => /^(?:range|with|define|template)\b/.test(body));
  return labels.filter(({ name, written }) => !asked.has(name) && !(moved && !written.includes("$labels")));
}
