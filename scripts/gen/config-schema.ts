// The JSON Schema of ".dakota.yaml", derived from the rules and their options.

import { roles, tiers } from "../../server/engine/languages/pipeline/own-roles.js";
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

const sign: Schema = {
  description: "A command, or a map that names a command, an action or a job",
  type: ["string", "object"],
  properties: {
    run: {
      type: "string",
      description:
        "A command: its program and words that stand behind it in this order; `*` is any characters, `…` any words, and flags may stand between",
    },
    uses: {
      type: "string",
      description:
        "An action, a called workflow, a task, a command of an orb or a step of a plugin, without its version",
    },
    job: { type: "string", description: "The name of a job or stage; `*` is any characters" },
    environment: { description: "Where a deployment goes", enum: [...tiers] },
  },
  additionalProperties: false,
};

const pipeline: Schema = {
  description: "What Dakota cannot know of this team's pipelines",
  type: ["object", "null"],
  properties: {
    roles: {
      description: "By what a role is recognised, beside all that Dakota knows",
      type: ["object", "null"],
      properties: Object.fromEntries(
        Object.entries(roles).map(([role, about]) => [role, { description: about, type: "array", items: ref("sign") }]),
      ),
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

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
    definitions: { profile, words, severity, plainSetting, rules: rulesSchema, sign },
    properties: {
      profile: ref("profile"),
      rules: ref("rules"),
      exclude: globs("Files that are not judged, as globs from this folder"),
      tracker: globs(
        "Files that hold the phase trackers, as globs from this folder; without it every Markdown file with a tracker's heading is one",
      ),
      protocols: {
        description:
          "Ids of the protocols in force, in this order (dop, master, role-definition, role-instructions, engineer-instructions, a team's own); all of them without it",
        type: "array",
        items: { type: "string" },
      },
      pipeline,
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
