// The JSON Schema of ".dakota.yaml", derived from the rules and their options.

import type { Notice } from "../../server/engine/notices.js";
import { type Rule, severities } from "../../server/engine/rule.js";

type Schema = Record<string, unknown>;

const globs = (description: string): Schema => ({
  description,
  anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }],
});

// What is said more than once stands once: the compiled validator holds every part as often as the schema does.
const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const described = (description: string, name: string): Schema => ({ description, allOf: [ref(name)] });

const profile: Schema = {
  description:
    "Which rules are on: `recommended` is the calm default, `strict` adds what mature teams want, `all` is every rule.",
  enum: ["recommended", "strict", "all"],
};

const words: Schema = {
  enum: ["off", "on", ...severities, true, false],
  description: "Off, on with its own severity, or on with this severity",
};

const severity: Schema = { enum: ["off", "on", ...severities], description: words.description };

const plainSetting: Schema = {
  anyOf: [ref("words"), { type: "object", properties: { severity: ref("severity") }, additionalProperties: false }],
};

function settingFor(description: string, options: Rule["options"] = {}): Schema {
  if (Object.keys(options).length === 0) return described(description, "plainSetting");
  const properties: Schema = { severity: ref("severity") };
  for (const [name, { schema, about, fallback }] of Object.entries(options))
    properties[name] = { ...schema, description: about, default: fallback };
  return { description, anyOf: [ref("words"), { type: "object", properties, additionalProperties: false }] };
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
    definitions: { profile, words, severity, plainSetting, rules: rulesSchema },
    properties: {
      profile: ref("profile"),
      rules: ref("rules"),
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
          properties: {
            files: globs("The files it is for, as globs from this folder"),
            profile: ref("profile"),
            rules: ref("rules"),
          },
          additionalProperties: false,
        },
      },
    },
    additionalProperties: false,
  };
}
