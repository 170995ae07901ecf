// What the rules about alerts share: exemptions by name, and annotations that are missing, with the fix that adds them.

import { like } from "../../image.js";
import { isPlain, type Tree } from "../../languages/kubernetes/look.js";
import { type Alert, firstAnnotation, type PrometheusFile } from "../../languages/prometheus/model.js";
import { type Content, extendMap } from "../../languages/yaml/edits.js";
import { at, type Finding, type Fix, option, rule, snippet } from "../../rule.js";
import type { Edit } from "../../text.js";

type Rule = ReturnType<typeof rule>;

/** The option by which single alerts are left out. */
export const exemptOption = option.strings([], "Names of alerts that may do without; * stands for any characters");

export const isExempt = ({ name }: Alert, patterns: readonly string[]): boolean =>
  name.state === "set" && patterns.some((pattern) => like(name.value, pattern));

/** Edits that put something into a rule; none where a template's actions leave open where it would belong. */
export const extend = (text: string, tree: Tree, content: { readonly [key: string]: Content }): readonly Edit[] =>
  tree.node.type === "map" && isPlain(tree) ? (extendMap(text, tree.node, content) ?? []) : [];

/** Edits that write an annotation, in the quotes that its neighbours have; addresses do without where those do. */
export function annotate(text: string, { tree }: Alert, key: string, value: string): readonly Edit[] {
  const plain = /^(?:\$\{1:)?https?:\/\/[^\s"'#{}[\],]+\}?$/.test(value);
  const place = "\uE001"; // stands for the value until it is known which quotes are put around it
  return extend(text, tree, { annotations: { [key]: place } }).map((edit) => ({
    ...edit,
    text: edit.text.replace(/(["']?)\uE001\1/, (_found, quote: string) => {
      const chosen = quote === "'" && !value.includes("'") ? "'" : quote === "" && plain ? "" : '"';
      return chosen + value + chosen;
    }),
  }));
}

/** A fix made of edits, in a list; nothing where there are none. */
export const whenEdited = (edits: readonly Edit[], make: (...edits: readonly Edit[]) => Fix): readonly Fix[] =>
  edits.length > 0 ? [make(...edits)] : [];

interface Annotation {
  readonly key: string;
  /** Other keys that are read in its place. */
  readonly or: readonly string[];
  readonly title: string;
  readonly why: string;
  readonly standard: string;
  /** Snippet text. */
  readonly example: string;
}

/** A rule that asks for one annotation. */
export const annotationRule = ({ key, or, title, why, standard, example }: Annotation): Rule =>
  rule({
    on: "prometheus",
    title,
    why,
    severity: "warning",
    profile: "recommended",
    phase: 4,
    standard,
    alsoKnownAs: ["pint alerts/annotation"],
    options: {
      keys: option.strings([key, ...or], "Annotations that count; one of them is enough"),
      exempt: exemptOption,
    },

    *check({ alerts, text }, { keys, exempt }) {
      for (const alert of alerts) {
        const found = firstAnnotation(alert, keys, text);
        if (isExempt(alert, exempt) || !isMissing(found)) continue;
        // A chart would read the braces itself.
        const value = alert.tree.template ? example.replace(/\{\{.*?\}\}/g, "{{`$&`}}") : example;
        const edits = annotate(text, alert, keys[0] ?? key, value);
        yield missing(
          alert,
          found,
          key,
          ...whenEdited(edits, (...all) => snippet(`Add a ${key} to ${alert.called}`, ...all)),
        );
      }
    },
  });

type Annotated = ReturnType<typeof firstAnnotation>;

/** Whether an annotation is known to be absent or empty. */
export const isMissing = (found: Annotated): boolean =>
  found.state === "absent" || (found.state === "set" && found.value.trim() === "");

/** The finding: at the empty value, or at the alert's name. */
export const missing = (alert: Alert, found: Annotated, what: string, ...fixes: readonly Fix[]): Finding =>
  found.state === "set" && found.span.end > found.span.start
    ? at(found, `the ${what} of ${alert.called} is empty`, ...fixes)
    : at(alert, `${alert.called} has no ${what}`, ...fixes);

/** The first file, by path, that has alerts: what the whole workspace lacks is said there, once. */
export function alertFiles(
  file: PrometheusFile,
  found: readonly { readonly path: string; readonly count: number }[],
): { readonly isFirst: boolean; readonly alerts: number } {
  return { isFirst: found[0]?.path === file.path, alerts: found.reduce((sum, { count }) => sum + count, 0) };
}
