// Variables in Compose files. Their values come from the shell or from ".env"; what the text itself tells are the defaults.

/** A text after its defaults are put in. What stays unknown is still there as a variable, and `known` is false. */
export interface Interpolated {
  readonly text: string;
  readonly known: boolean;
  /** The variables whose defaults were put in. */
  readonly used: readonly string[];
}

const deepest = 10;

/**
 * A text with the defaults of its variables put in: `$V`, `${V}`, `${V:-d}`, `${V-d}`, `${V:?e}`, `${V:+r}`; `$$` is a
 * dollar. Source: Compose specification, "Interpolation".
 */
export function interpolate(text: string, depth = 0): Interpolated {
  if (!text.includes("$")) return { text, known: true, used: [] };
  let result = "";
  let known = true;
  const used: string[] = [];
  for (let at = 0; at < text.length; ) {
    const dollar = text.indexOf("$", at);
    if (dollar === -1 || dollar === text.length - 1) {
      result += text.slice(at);
      break;
    }
    result += text.slice(at, dollar);
    if (text[dollar + 1] === "$") {
      result += "$";
      at = dollar + 2;
      continue;
    }
    const end = variableEnd(text, dollar);
    const source = text.slice(dollar, end);
    const value = depth < deepest ? defaultOf(source, depth) : undefined;
    result += value?.text ?? source;
    if (value) used.push(...value.used);
    if (!value?.known && end > dollar + 1) known = false;
    at = end;
  }
  return { text: result, known, used };
}

function defaultOf(source: string, depth: number): Interpolated | undefined {
  const [, name, fallback] = /^\$\{(\w+):?-(.*)\}$/s.exec(source) ?? [];
  if (name === undefined || fallback === undefined) return undefined;
  const value = interpolate(fallback, depth + 1);
  return { ...value, used: [name, ...value.used] };
}

/** Behind the variable at the `$` at `at`; one that is never closed takes the rest of the text. */
function variableEnd(text: string, at: number): number {
  if (text[at + 1] !== "{") return at + (/^\$[A-Za-z_]\w*/.exec(text.slice(at, at + 200))?.[0].length ?? 1);
  let depth = 0;
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "{") depth++;
    else if (text[i] === "}" && --depth === 0) return i + 1;
  }
  return text.length;
}
