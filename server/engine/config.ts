// ".dakota.yaml" read into settings. What is wrong in it is told with its place; everything else in it holds.

import picomatch from "picomatch";
import { configShape, type NamedFiles, type NamedProtocol } from "./config-form.js";
import { readShape } from "./form/shape.js";
import type { Sign } from "./languages/pipeline/own-roles.js";
import type { Problem, Source } from "./languages/source.js";
import { parseYaml } from "./languages/yaml/parse.js";
import type { Protocol } from "./protocol/model.js";
import { type Rule, type Severity, severities } from "./rule.js";

export const profiles = ["recommended", "strict", "all"] as const;
export type Profile = (typeof profiles)[number];

/** What a configuration says of one rule: "off", a severity, "on" (its own severity), and options. */
export interface RuleSetting {
  readonly severity?: Severity | "off" | "on";
  readonly options?: Readonly<Record<string, unknown>>;
}

interface Section {
  readonly profile?: Profile;
  readonly rules: Readonly<Record<string, RuleSetting>>;
}

export interface Config extends Section {
  /** Absolute path of the file; its globs count from its folder. */
  readonly path: string;
  readonly exclude: readonly string[];
  /** The files that hold trackers, as globs; absent where every file with a tracker's heading counts. */
  readonly tracker?: readonly string[];
  /** Ids of the protocols that are in force, in this order; absent where all are. */
  readonly protocols?: readonly string[];
  /** What the team says of its own commands, actions and jobs in pipelines. */
  readonly signs?: readonly Sign[];
  readonly overrides: readonly (Section & { readonly files: readonly string[] })[];
}

/** Settings of the editor: they hold for files that no configuration file speaks for. */
export interface EditorSettings extends Section {}

/** What holds for one file. */
export interface Settings {
  readonly profile: Profile;
  /** The configuration file it comes from. */
  readonly path?: string;
  readonly excluded: boolean;
  /** Whether the file can hold a tracker: "named" as one, "free" to be one, or not. */
  readonly tracker: "named" | "free" | "not";
  /** The protocols that are in force for the file; all that are known where it is absent. */
  readonly protocols?: readonly Protocol[];
  /** By these a pipeline's own commands, actions and jobs are recognised. */
  readonly signs?: readonly Sign[];
  /** The severity a rule has here, or "off". */
  severity(id: string, rule: Pick<Rule, "severity"> & Partial<Pick<Rule, "profile">>): Severity | "off";
  options(id: string): Readonly<Record<string, unknown>>;
}

export interface ConfigReading extends Pick<Source, "comments" | "statements" | "problems"> {
  readonly config: Config;
  /** The ids under "protocols", with their places. */
  readonly named: readonly NamedProtocol[];
  /** The globs under "tracker", with their places. */
  readonly trackers: readonly NamedFiles[];
}

/** Names under "protocols" that no protocol has. @param known every protocol of the workspace that could be read */
export function unknownProtocols(
  { named, config }: Pick<ConfigReading, "named" | "config">,
  known: readonly Protocol[],
): readonly Problem[] {
  if (!config.protocols) return [];
  const ids = [...new Set(known.map(({ id }) => id))];
  return named
    .filter(({ id }) => !ids.includes(id))
    .map(({ id, span }) => ({
      span,
      message: `no protocol that can be read is called "${id}"; known are ${ids.join(", ")}`,
    }));
}

/** Names under "tracker" that no file has. @param paths of every file of the workspace */
export function absentTrackers(
  { trackers, config }: Pick<ConfigReading, "trackers" | "config">,
  paths: readonly string[],
): readonly Problem[] {
  const inside = paths.filter((path) => path.startsWith(`${folderOf(config.path)}/`));
  const isThere = (globs: readonly string[]): boolean =>
    inside.some((path) => matches(relativeTo(config, path), globs));
  return trackers
    .filter(({ glob }) => !isThere([glob]))
    .map(({ glob, span }) => ({ span, message: `no file of the workspace is called "${glob}"` }));
}

/** Reads a configuration file; never throws. Values that are wrong are left out and told as problems. */
export function readConfig(path: string, text: string): ConfigReading {
  const { documents, problems, comments, statements } = parseYaml(text);
  const root = documents[0]?.root;
  const isEmpty = !root || (root.type === "scalar" && root.value === null);
  const { value, problems: wrong } = isEmpty ? { problems: [] } : readShape(configShape(), root);
  const { tracker = [], protocols, pipeline, exclude = [], overrides = [], ...section } = value ?? {};
  const signs = pipeline?.roles ?? [];
  const config: Config = {
    path,
    rules: {},
    ...section,
    exclude,
    ...(tracker.length > 0 && { tracker: tracker.map(({ glob }) => glob) }),
    ...(protocols && { protocols: protocols.map(({ id }) => id) }),
    ...(signs.length > 0 && { signs }),
    overrides: overrides.map((override) => ({ rules: {}, ...override })),
  };
  return { config, problems: [...problems, ...wrong], named: protocols ?? [], trackers: tracker, comments, statements };
}

const nothingSaid: readonly RuleSetting[] = [];
const noOptions: Readonly<Record<string, unknown>> = {};

/** What holds for the file at `path`, by its nearest configuration or, without one, by the editor's settings. */
export function settingsFor(
  path: string,
  config: Config | undefined,
  editor: EditorSettings = { rules: {} },
): Settings {
  const relative = config ? relativeTo(config, path) : path;
  const matching = config?.overrides.filter(({ files }) => matches(relative, files)) ?? [];
  const sections: readonly Section[] = config ? [config, ...matching] : [editor];
  const profile = sections.reduce<Profile>((chosen, section) => section.profile ?? chosen, "recommended");
  // Hardly any section sets rules, and every rule asks in every file.
  const telling = sections.filter(({ rules }) => Object.keys(rules).length > 0);
  const settingsOf = (id: string): readonly RuleSetting[] =>
    telling.length === 0 ? nothingSaid : telling.flatMap((section) => (section.rules[id] ? [section.rules[id]] : []));
  return {
    profile,
    ...(config && { path: config.path }),
    ...(config?.signs && { signs: config.signs }),
    excluded: isExcluded(config, path),
    tracker: trackerByConfig(config, path),
    severity(id, rule) {
      let severity: Severity | "off" = inProfile(rule.profile, profile) ? rule.severity : "off";
      for (const said of settingsOf(id)) {
        if (said.severity === "on" || (said.severity === undefined && severity === "off")) severity = rule.severity;
        else if (said.severity) severity = said.severity;
      }
      return severity;
    },
    options: (id) =>
      telling.length === 0 ? noOptions : Object.assign({}, ...settingsOf(id).map((said) => said.options)),
  };
}

/** Whether a configuration leaves the file at `path` out. */
export const isExcluded = (config: Config | undefined, path: string): boolean =>
  config !== undefined && config.exclude.length > 0 && matches(relativeTo(config, path), config.exclude);

/** Whether a configuration lets the file at `path` be a tracker: "named", "free" to be one, or not. */
export function trackerByConfig(config: Config | undefined, path: string): Settings["tracker"] {
  if (!config?.tracker) return "free";
  return matches(relativeTo(config, path), config.tracker) ? "named" : "not";
}

const relativeTo = (config: Config, path: string): string => path.slice(folderOf(config.path).length + 1);

const inProfile = (of: Rule["profile"] | undefined, chosen: Profile): boolean =>
  of === undefined || of === "recommended" || chosen === "all" || (of === "strict" && chosen === "strict");

// Thousands of files are held against the same few globs.
const matchers = new WeakMap<readonly string[], (relative: string) => boolean>();

function matches(relative: string, globs: readonly string[]): boolean {
  const known = matchers.get(globs);
  const matcher =
    known ??
    picomatch(
      globs.map((glob) => (glob.endsWith("/") ? `${glob}**` : glob)),
      { dot: true },
    );
  if (!known) matchers.set(globs, matcher);
  return matcher(relative);
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

const isSetting = (value: unknown): value is NonNullable<RuleSetting["severity"]> =>
  value === "off" || value === "on" || severities.some((severity) => severity === value);

/** Settings of an editor or a command line, given as JSON: a rule's value is a severity, "off", "on" or an object. */
export function readEditorSettings(profile: unknown, rules: unknown): EditorSettings {
  const known = profiles.find((one) => one === profile);
  const entries = typeof rules === "object" && rules !== null ? Object.entries(rules) : [];
  const read = entries.map(([id, value]): [string, RuleSetting] => {
    if (typeof value !== "object" || value === null) return [id, isSetting(value) ? { severity: value } : {}];
    const { severity, ...options } = value as Record<string, unknown>;
    return [id, { ...(isSetting(severity) && { severity }), options }];
  });
  return { ...(known && { profile: known }), rules: Object.fromEntries(read) };
}
