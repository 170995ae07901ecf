// Rule files, bare groups and single rules, and Alertmanager's configuration -> the model; also out of the Kubernetes
// objects that hold the same. Knows no parser package: YAML is read by ../yaml/parse.ts.

import { type Look, look, type Tree, textOf } from "../kubernetes/look.js";
import type { KubernetesFile, KubernetesObject } from "../kubernetes/model.js";
import { isTemplate, maskTemplate, type Template } from "../kubernetes/template.js";
import type { Comment, Problem } from "../source.js";
import { scalarAt, type YamlFile } from "../yaml/model.js";
import { parseYaml } from "../yaml/parse.js";
import type { Routing } from "./alertmanager.js";
import { groupFaults, type ReadExpression, ruleFaults } from "./faults.js";
import { groupsIn, groupsOf, type RuleGroup } from "./groups.js";
import type { Alert, Expression, PrometheusFile, Recording } from "./model.js";
import { toRouting } from "./parse-alertmanager.js";
import { parsePromql } from "./parse-promql.js";
import { expressionText, isTemplated, shown } from "./scalars.js";

/** Reads any text; never throws. Offsets count in `text`, also for templates. */
export function parsePrometheus(path: string, text: string): PrometheusFile {
  const plain = parseYaml(text);
  // Prometheus' own actions stand in double braces as well: only what they break, or a chart holds, is a template.
  const helm = isTemplate(path, text) && (/\/templates\//.test(path) || plain.documents.some(({ broken }) => broken));
  const template = helm ? maskTemplate(text) : undefined;
  const yaml = template ? parseYaml(template.text) : plain;
  const roots = treesOf(yaml, text.length, template);
  const groups = roots.flatMap(groupsOf);
  const routings = roots.flatMap((root) => toRouting(root) ?? []);
  const broken = yaml.documents.some((document) => document.broken);
  const foreign = broken && (template !== undefined || /^[ \t]*(?:\{%|<%)/m.test(text));
  return {
    path,
    text,
    comments: template ? inOrder([...yaml.comments, ...template.comments]) : yaml.comments,
    statements: yaml.statements,
    problems: template ? [] : yaml.problems,
    ...(foreign && { notJudged: "a template that is no YAML before it is filled in" }),
    ...toRules(text, groups),
    routings,
  };
}

const inOrder = (comments: readonly Comment[]): readonly Comment[] =>
  [...comments].sort((a, b) => a.span.start - b.span.start);

/** Kinds of objects that hold groups of rules under `spec.groups`, with the group of their API. */
const ruleKinds: Readonly<Record<string, RegExp>> = {
  PrometheusRule: /^(?:az)?monitoring\.coreos\.com\//,
  VMRule: /^operator\.victoriametrics\.com\//,
  AlertingRule: /^loki\.grafana\.com\//,
  RecordingRule: /^loki\.grafana\.com\//,
};

const holdsRules = ({ kind, apiVersion }: KubernetesObject): boolean => ruleKinds[kind]?.test(apiVersion) === true;

/**
 * The rules and routes in Kubernetes objects, as a second model of the same text.
 * @returns undefined where there are none
 */
export function prometheusIn(file: KubernetesFile): PrometheusFile | undefined {
  const holders = withRules(file);
  const routings = file.objects.flatMap(routingsIn);
  if (holders.length === 0 && routings.length === 0) return undefined;
  const groups = holders.flatMap(({ tree, kind }) => groupsIn(look(tree, "spec", "groups"), kind !== "PrometheusRule"));
  const { path, text, comments, statements, problems, notJudged } = file;
  const source = { path, text, comments, statements, problems, ...(notJudged !== undefined && { notJudged }) };
  return { ...source, ...toRules(text, groups), routings };
}

type Holder = Pick<KubernetesObject, "tree" | "kind">;

/** Outside of charts, a text whose YAML is whole is no template: its braces are those of Prometheus. */
function withRules({ path, text, objects }: KubernetesFile): readonly Holder[] {
  const holders = objects.filter(holdsRules);
  if (!holders.some(({ tree }) => tree.template) || /\/templates\//.test(path)) return holders;
  const plain = parseYaml(text);
  if (plain.documents.some(({ broken }) => broken)) return holders;
  return treesOf(plain, text.length, undefined).flatMap((tree): readonly Holder[] => {
    const [kind, apiVersion] = [textOf(look(tree, "kind")), textOf(look(tree, "apiVersion"))];
    if (kind.state !== "set" || apiVersion.state !== "set") return [];
    return ruleKinds[kind.value]?.test(apiVersion.value) ? [{ tree, kind: kind.value }] : [];
  });
}

/** Alertmanager's configuration inside a Secret or ConfigMap; found there, it stands at its key. */
function routingsIn({ kind, tree }: KubernetesObject): readonly Routing[] {
  if ((kind !== "Secret" && kind !== "ConfigMap") || tree.template || tree.node.type !== "map") return [];
  return ["stringData", "data"].flatMap((part) => {
    const map = look(tree, part);
    if (typeof map === "string" || map.node.type !== "map") return [];
    return map.node.entries.flatMap(({ key, value }) => {
      if (value.type !== "scalar" || !/^route:/m.test(value.text) || !/^receivers:/m.test(value.text)) return [];
      const [root] = treesOf(parseYaml(value.text), value.text.length, undefined);
      const routing = root && !root.partial ? toRouting(root) : undefined;
      return routing ? [{ ...routing, place: key.span }] : [];
    });
  });
}

function treesOf({ documents }: YamlFile, length: number, template: Template | undefined): readonly Tree[] {
  return documents.flatMap(({ root, broken }, index) => {
    if (!root || (broken && template)) return [];
    const end = documents[index + 1]?.span.start ?? length;
    const reach = { start: root.span.start, end: Math.max(end, root.span.end) };
    return [{ node: root, reach, partial: broken, ...(template && { template }) }];
  });
}

function toRules(text: string, groups: readonly RuleGroup[]): Pick<PrometheusFile, "alerts" | "records" | "faults"> {
  const alerts: Alert[] = [];
  const records: Recording[] = [];
  const faults: Problem[] = [];
  for (const group of groups) {
    faults.push(...groupFaults(group));
    for (const { tree, conditional } of group.rules) {
      const read = group.foreign ? undefined : readExpression(look(tree, "expr"));
      faults.push(...ruleFaults(text, tree, read, group.foreign));
      const expression = read && { expression: toExpression(read) };
      const alert = toAlert(text, tree);
      if (alert) alerts.push({ ...alert, ...(group.tree && { group: group.tree }), ...expression, conditional });
      const record = textOf(look(tree, "record"));
      if (record.state === "set") records.push({ name: record.value, ...expression });
    }
  }
  return { alerts, records, faults };
}

function toAlert(text: string, tree: Tree): Pick<Alert, "name" | "called" | "span" | "tree"> | undefined {
  const scalar = scalarAt(tree.node, "alert");
  if (!scalar || scalar.text.trim() === "") return undefined;
  const field = textOf(look(tree, "alert"));
  const name = field.state === "set" && isTemplated(field.value) ? ({ state: "unknown" } as const) : field;
  return { name, called: `"${shown(text, scalar)}"`, span: scalar.span, tree };
}

const toExpression = ({ text, scalar, root }: ReadExpression): Expression => ({ text, scalar, ...(root && { root }) });

function readExpression(found: Look): ReadExpression | undefined {
  const text = expressionText(found);
  if (text === undefined || typeof found === "string" || found.node.type !== "scalar") return undefined;
  return { text, scalar: found.node, ...parsePromql(text) };
}
