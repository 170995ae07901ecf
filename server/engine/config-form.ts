// The form of ".dakota.yaml": what can stand in it, with what each part says. Reading, complaints, completion and the
// JSON Schema all come from here; rules and their options from the catalogue.

import { catalogue } from "./catalogue.gen.js";
import type { Profile, RuleSetting } from "./config.js";
import {
  any,
  anyText,
  flag,
  flawless,
  keyed,
  list,
  made,
  may,
  must,
  named,
  number,
  oneOf,
  or,
  orNothing,
  type RootSchema,
  record,
  type Shape,
  short,
  text,
} from "./form/shape.js";
import { roles, type Sign, tiers } from "./languages/pipeline/own-roles.js";
import { notices } from "./notices.js";
import type { Option, Options } from "./options.js";
import { severities } from "./rule.js";
import type { Span } from "./text.js";

/** What a file says, with nothing in it that is wrong. */
export interface Written extends Section {
  readonly exclude: readonly string[];
  readonly tracker: readonly NamedFiles[];
  readonly protocols?: readonly NamedProtocol[];
  readonly pipeline?: { readonly roles?: readonly Sign[] };
  readonly overrides: readonly (Section & { readonly files: readonly string[] })[];
}

interface Section {
  readonly profile?: Profile;
  readonly rules?: Readonly<Record<string, RuleSetting>>;
}

/** A protocol's id, with its place. */
export interface NamedProtocol {
  readonly id: string;
  readonly span: Span;
}

/** Files by a glob, with its place. */
export interface NamedFiles {
  readonly glob: string;
  readonly span: Span;
}

const globs: Shape<readonly string[]> = short(text(), list(text()), (one) => [one]);
const placedGlob = made(text(), (glob, span): NamedFiles => ({ glob, span }));
const placedGlobs: Shape<readonly NamedFiles[]> = short(placedGlob, list(placedGlob), (one) => [one]);

const profile = oneOf(["recommended", "strict", "all"]);
const profileSays =
  "Which rules are on: `recommended` is the calm default, `strict` adds what mature teams want, `all` is every rule";

// YAML 1.1 readers turn off and on into booleans; a file that was written for one is read the same.
const severity: Shape<NonNullable<RuleSetting["severity"]>> = named("severity", () =>
  made(oneOf(["off", "on", ...severities, true, false]), (said) =>
    said === true ? "on" : said === false ? "off" : said,
  ),
);
const severitySays = "Off, on with its own severity, or on with this severity";

// Most workspaces have no configuration: what takes the whole catalogue is made when the first one is read.
const once = <T extends object>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

const ownSetting = once(() => settingOf({}));
const plainSetting = named("setting", ownSetting);

/** What can be said of a rule: a severity, or a map with the severity and the rule's options. */
const settingOf = (options: Options): Shape<RuleSetting> =>
  short(
    severity,
    made(
      record<Record<string, unknown>>("Severity and options", {
        severity: may(severitySays, severity),
        ...Object.fromEntries(
          Object.entries(options).map(([name, option]) => [name, may(option.about, shapeOf(option))]),
        ),
      }),
      ({ severity: said, ...values }): RuleSetting => ({
        ...(said !== undefined && { severity: said as RuleSetting["severity"] & string }),
        options: values,
      }),
    ),
    (said) => ({ severity: said }),
  );

/** The form of an option's value. Its default is part of the schema: editors show and insert it. */
function shapeOf({ schema, fallback }: Option<unknown>): Shape<unknown> {
  const shapes = { string: anyText, boolean: flag, array: list(anyText), number: number(schema.minimum ?? 0) };
  const shape: Shape<unknown> = shapes[schema.type];
  return { ...shape, schema: { ...shape.schema, default: fallback } };
}

const rules = once(() =>
  orNothing(
    keyed<RuleSetting>("Severity and options by rule", {
      ...Object.fromEntries(
        Object.entries(catalogue).map(([id, { title, why, options }]) => [
          id,
          may(`${title}. ${why}`, Object.keys(options).length > 0 ? settingOf(options) : plainSetting),
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(notices).map(([id, { title, why }]) => [id, may(`${title}. ${why}`, plainSetting)]),
      ),
    }),
    {},
  ),
);

type Told = Omit<Sign, "role">;

/** A command, or a map that may name a command, a use and a job at once. */
const signs: Shape<readonly Told[]> = short(
  text(),
  made(
    record<{ run?: string; uses?: string; job?: string; environment?: NonNullable<Sign["environment"]> }>(
      "By what a step or a job is recognised",
      {
        run: may(
          "A command: its program and words that stand behind it in this order; `*` is any characters, `…` any words, and flags may stand between",
          text(),
        ),
        uses: may(
          "An action, a called workflow, a task, a command of an orb or a step of a plugin, without its version",
          text(),
        ),
        job: may("The name of a job or stage; `*` is any characters", text()),
        environment: may("Where a deployment goes", oneOf(tiers)),
      },
    ),
    ({ environment, ...by }, place, complain) => {
      const told = (["run", "uses", "job"] as const).flatMap((key): readonly Told[] => {
        const pattern = by[key]?.trim();
        return pattern ? [{ by: key, pattern, ...(environment && { environment }) }] : [];
      });
      if (told.length > 0) return told;
      complain(place, 'this names nothing: "run", "uses" or "job" is missing');
      return undefined;
    },
  ),
  (command) => [{ by: "run", pattern: command.trim() }],
);

const ownRoles: Shape<readonly Sign[]> = made(
  keyed<readonly Told[]>(
    "By what a role is recognised, beside all that Dakota knows",
    Object.fromEntries(
      Object.entries(roles).map(([role, about]) => [
        role,
        may(
          about,
          made(list(named("sign", () => signs)), (lists) => lists.flat()),
        ),
      ]),
    ),
  ),
  (byRole) =>
    (Object.keys(roles) as (keyof typeof roles)[]).flatMap((role) =>
      (byRole[role] ?? []).map((told) => ({ role, ...told })),
    ),
);

const sectionFields = {
  profile: may(profileSays, profile),
  rules: may("Severity and options by rule", named("rules", rules)),
};

/** What a whole file can say. */
export const configShape = once(
  (): Shape<Written> =>
    record<Written>("What Dakota judges in this folder and below; the nearest file upward holds for a folder", {
      ...sectionFields,
      exclude: or("Files that are not judged and count for nothing, as globs from this folder", globs, () => []),
      tracker: or(
        "Files that hold the phase trackers, as globs from this folder; without it every Markdown file with a tracker's heading is one",
        placedGlobs,
        () => [],
      ),
      protocols: may(
        "Ids of the protocols in force, in this order (dop, master, role-definition, role-instructions, engineer-instructions, a team's own); all of them without it",
        flawless(list(made(text(), (id, span): NamedProtocol => ({ id, span })))),
      ),
      pipeline: may(
        "What Dakota cannot know of this team's pipelines",
        orNothing(
          record<{ readonly roles?: readonly Sign[] }>("What Dakota cannot know of this team's pipelines", {
            roles: may("By what a role is recognised, beside all that Dakota knows", orNothing(ownRoles, [])),
          }),
          {},
        ),
      ),
      overrides: any(
        "Other settings for some files; later ones win",
        record<Written["overrides"][number]>("Other settings for some files", {
          files: must("The files it is for, as globs from this folder", globs),
          ...sectionFields,
        }),
      ),
    }),
);

/** The form as a JSON Schema (draft 7), for editors and other tools. */
export const configSchema = once(
  (): RootSchema => ({
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Dakota configuration",
    ...orNothing(configShape(), { exclude: [], tracker: [], overrides: [] }).schema,
    definitions: {
      rules: rules().schema,
      setting: ownSetting().schema,
      severity: { enum: ["off", "on", ...severities, true, false], description: severitySays },
      sign: signs.schema,
    },
  }),
);
