// What a quick fix writes into a ".dakota.yaml".

import { entryOf, type YamlMap, type YamlNode } from "./languages/yaml/model.js";
import { parseYaml } from "./languages/yaml/parse.js";
import { insertAt, replace } from "./rule.js";
import { type Edit, indentAt, lineEnd } from "./text.js";

/**
 * The change to a configuration's text that switches a rule off.
 * @returns edits on `text`; on an empty text they write the whole file
 */
export function turnOffEdits(text: string, rule: string): readonly Edit[] {
  const eol = lineEnd(text);
  const root = parseYaml(text).documents[0]?.root;
  const rules = entryOf(root, "rules");
  const present = entryOf(rules?.value, rule);
  if (present) return [setOff(present.value, text)];
  if (rules?.value.type === "map" && rules.value.entries[0]) return [addOff(rules.value, text, rule, eol)];
  if (rules && rules.value.type === "scalar") return [replace(rules.value, `${eol}  ${rule}: off`)];
  const gap = text === "" || text.endsWith("\n") ? "" : eol;
  return [insertAt(text.length, `${gap}rules:${eol}  ${rule}: off${eol}`)];
}

function setOff(value: YamlNode, text: string): Edit {
  if (value.type !== "map") return replace(value, value.span.start === value.span.end ? " off" : "off");
  const severity = entryOf(value, "severity");
  if (severity) return replace(severity.value, "off");
  if (value.flow) return insertAt(value.span.start + 1, value.entries.length ? "severity: off, " : "severity: off");
  return insertAt(value.span.start, `severity: off${lineEnd(text)}${indentAt(text, value.span.start)}`);
}

function addOff(rules: YamlMap, text: string, rule: string, eol: string): Edit {
  const first = rules.entries[0]?.span.start ?? rules.span.start;
  if (rules.flow) return insertAt(first, `${rule}: off, `);
  return insertAt(first, `${rule}: off${eol}${indentAt(text, first)}`);
}
