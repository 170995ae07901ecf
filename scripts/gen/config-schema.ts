// The JSON Schema of ".dakota.yaml", derived from the rules and their options.

import type { Notice } from "../../server/engine/notices.js";
import { type Rule, severities } from "../../server/engine/rule.js";

type Schema = Record<string, unknown>;

const globs = (description: string): Schema => ({
  description,
  anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }],
});

const profile: Schema = {
  description:
    "Which rules are on: `recommended` is the calm default, `strict` adds what mature teams want, `all` is every rule.",
  enum: ["recommended", "strict", "all"],
};

const settingWords = {
  enum: ["off", "on", ...severities, true, false],
  description: "Off, on with its own severity, or on with this severity",
};

function settingFor(description: string, options: Rule["options"] = {}): Schema {
  const properties: Schema = {
    severity: { enum: ["off", "on", ...severities], description: settingWords.description },
  };
  for (const [name, { schema, about, fallback }] of Object.entries(options))
    properties[name] = { ...schema, description: about, default: fallback };
  return { description, anyOf: [settingWords, { type: "object", properties, additionalProperties: false }] };
}

/** The schema for these rules and notices. */
export function configSchema(rules: Readonly<Record<string, Rule>>, notices: Readonly<Record<string, Notice>>): Schema {
  const settings = {
    ...Object.fromEntries(
      Object.entries(rules).map(([id, rule]) => [id, settingFor(`${rule.title}. ${rule.why}`, rule.options)]),
    ),
    ...Object.fromEntries(Object.entries(notices).map(([id, { title, why }]) => [id, settingFor(`${title}. ${why}`)])),
  };
  const rulesSchema: Schema = {
    description: "Severity and options by rule",
    type: ["object", "null"],
    properties: settings,
    additionalProperties: false,
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Dakota configuration",
    description: "What Dakota judges in this folder and below. The nearest file upward holds for a folder.",
    type: ["object", "null"],
    properties: {
      profile,
      rules: rulesSchema,
      exclude: globs("Files that are not judged, as globs from this folder"),
      tracker: globs(
        "Files that hold the phase trackers, as globs from this folder; without it every Markdown file with a tracker's heading is one",
      ),
      overrides: {
        description: "Other settings for some files; later ones win",
        type: "array",
        items: {
          type: "object",
          required: ["files"],
          properties: { files: globs("The files it is for, as globs from this folder"), profile, rules: rulesSchema },
          additionalProperties: false,
        },
      },
    },
    additionalProperties: false,
  };
}
