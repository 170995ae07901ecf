// ".dakota.yaml" read into settings. What is wrong in it is told with its place; everything else in it holds.

import picomatch from "picomatch";
import { complaintsOf, plain } from "./config-problems.js";
import type { Role } from "./languages/pipeline/model.js";
import { roles, type Sign, tiers } from "./languages/pipeline/own-roles.js";
import type { Problem, Source } from "./languages/source.js";
import { nodeAt, textAt, type YamlNode } from "./languages/yaml/model.js";
import { parseYaml } from "./languages/yaml/parse.js";
import type { Protocol } from "./protocol/model.js";
import { type Rule, type Severity, severities } from "./rule.js";
import type { Span } from "./text.js";

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
  readonly named: readonly { readonly id: string; readonly span: Span }[];
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

/** Reads a configuration file; never throws. Values that are wrong are left out and told as problems. */
export function readConfig(path: string, text: string): ConfigReading {
  const file = parseYaml(text);
  const document = file.documents[0];
  const problems: Problem[] = [...file.problems];
  const root = document?.root;
  if (root && (root.type !== "scalar" || root.value !== null)) problems.push(...complaintsOf(root, text));
  const wrong = (node: YamlNode | undefined): boolean =>
    node !== undefined && problems.some(({ span }) => span.start >= node.span.start && span.end <= node.span.end);
  const sound = <T>(node: YamlNode | undefined, fallback: T): T =>
    node && !wrong(node) ? (plain(node) as T) : fallback;
  const section = (node: YamlNode | undefined): Section => {
    const profile = sound<Profile | undefined>(nodeAt(node, "profile"), undefined);
    return { ...(profile && { profile }), rules: rulesOf(nodeAt(node, "rules"), wrong) };
  };
  const overrides = nodeAt(root, "overrides");
  const globs = (node: YamlNode | undefined): readonly string[] => toList(sound<string | readonly string[]>(node, []));
  const tracker = globs(nodeAt(root, "tracker"));
  const protocols = nodeAt(root, "protocols");
  const named = (protocols?.type === "list" ? protocols.items : []).flatMap(({ type, span, ...node }) =>
    type === "scalar" && "text" in node ? [{ id: node.text, span }] : [],
  );
  const signs = signsOf(nodeAt(root, "pipeline", "roles"), wrong, problems);
  const config: Config = {
    path,
    ...section(root),
    exclude: globs(nodeAt(root, "exclude")),
    ...(tracker.length > 0 && { tracker }),
    ...(protocols && !wrong(protocols) && { protocols: named.map(({ id }) => id) }),
    ...(signs.length > 0 && { signs }),
    overrides: (overrides?.type === "list" ? overrides.items : []).map((item) => ({
      ...section(item),
      files: globs(nodeAt(item, "files")),
    })),
  };
  return { config, problems, named, comments: file.comments, statements: file.statements };
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
    excluded: config !== undefined && matches(relative, config.exclude),
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

/** Whether a configuration lets the file at `path` be a tracker: "named", "free" to be one, or not. */
export function trackerByConfig(config: Config | undefined, path: string): Settings["tracker"] {
  if (!config?.tracker) return "free";
  return matches(relativeTo(config, path), config.tracker) ? "named" : "not";
}

const relativeTo = (config: Config, path: string): string => path.slice(folderOf(config.path).length + 1);

const inProfile = (of: Rule["profile"] | undefined, chosen: Profile): boolean =>
  of === undefined || of === "recommended" || chosen === "all" || (of === "strict" && chosen === "strict");

const matches = (relative: string, globs: readonly string[]): boolean =>
  globs.some((glob) => picomatch.isMatch(relative, glob.endsWith("/") ? `${glob}**` : glob, { dot: true }));

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

const toList = (value: string | readonly string[]): readonly string[] => (typeof value === "string" ? [value] : value);

function rulesOf(node: YamlNode | undefined, wrong: (node: YamlNode) => boolean): Record<string, RuleSetting> {
  const rules: Record<string, RuleSetting> = {};
  for (const { key, value } of node?.type === "map" ? node.entries : []) {
    if (value.type === "map") {
      const sound = value.entries.filter((entry) => !wrong(entry.key) && !wrong(entry.value));
      const { severity, ...options } = plain({ ...value, entries: sound }) as Record<string, unknown>;
      rules[key.text] = { ...(isSetting(severity) && { severity }), options };
    } else if (!wrong(value) && !wrong(key)) {
      const setting = severityOf(value);
      if (setting) rules[key.text] = { severity: setting };
    }
  }
  return rules;
}

/** Reads `pipeline.roles`: lists of commands, or of maps with `run`, `uses` or `job`. Complaints go to `problems`. */
function signsOf(node: YamlNode | undefined, wrong: (node: YamlNode) => boolean, problems: Problem[]): readonly Sign[] {
  const signs: Sign[] = [];
  for (const { key, value } of node?.type === "map" ? node.entries : []) {
    if (!isRole(key.text) || wrong(key)) continue;
    for (const item of value.type === "list" ? value.items : [value]) {
      if (wrong(item)) continue;
      const found = toSigns(key.text, item);
      if (found.length === 0)
        problems.push({ span: item.span, message: 'this names nothing: "run", "uses" or "job" is missing' });
      signs.push(...found);
    }
  }
  return signs;
}

function toSigns(role: Role, item: YamlNode): readonly Sign[] {
  if (item.type === "scalar") return item.text.trim() === "" ? [] : [{ role, by: "run", pattern: item.text.trim() }];
  const environment = tiers.find((tier) => tier === textAt(item, "environment"));
  return signKeys.flatMap((by): readonly Sign[] => {
    const pattern = textAt(item, by)?.trim() ?? "";
    return pattern === "" ? [] : [{ role, by, pattern, ...(environment && { environment }) }];
  });
}

const signKeys = ["run", "uses", "job"] as const;
const isRole = (name: string): name is Role => Object.hasOwn(roles, name);

// YAML 1.1 readers turn off and on into booleans; a file that was written by one is read the same.
const severityOf = (node: YamlNode): RuleSetting["severity"] => {
  const value = plain(node);
  return value === false ? "off" : value === true ? "on" : isSetting(value) ? value : undefined;
};

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
