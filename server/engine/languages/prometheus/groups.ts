// Where rules stand: in groups of a rule file or of a Kubernetes object, in a bare group, in a list, or alone.

import { items, type Look, look, type Tree, textOf } from "../kubernetes/look.js";
import type { Template } from "../kubernetes/template.js";
import { entryOf } from "../yaml/model.js";

export interface RuleGroup {
  /** Absent where rules stand without a group. */
  readonly tree?: Tree;
  readonly rules: readonly PlacedRule[];
  /** Their language is not PromQL alone: Loki's, or one that VictoriaMetrics names in the group's `type`. */
  readonly foreign: boolean;
}

export interface PlacedRule {
  readonly tree: Tree;
  /** It stands in a branch of a template: another one may stand there in its place. */
  readonly conditional: boolean;
}

/** The groups of a document that is a rule file, a list of groups or of rules, one group, or one rule. */
export function groupsOf(tree: Tree): readonly RuleGroup[] {
  if (tree.node.type === "list") return groupsIn(tree, false);
  if (has(tree, "groups")) return groupsIn(look(tree, "groups"), false);
  return toGroups([{ tree, conditional: false }], false);
}

/** The groups of a list; rules in it stand for themselves. */
export const groupsIn = (list: Look, foreign: boolean): readonly RuleGroup[] => toGroups(placed(list), foreign);

const has = ({ node }: Tree, key: string): boolean => entryOf(node, key) !== undefined;

function placed(list: Look): readonly PlacedRule[] {
  if (typeof list === "string") return [];
  const { template, reach } = list;
  return items(list).map((tree) => ({
    tree,
    conditional: template !== undefined && isInBranch(template, reach.start, tree.node.span.start),
  }));
}

/** Whether a branch of the template that opens behind `from` is still open at `offset`. */
function isInBranch({ branches }: Template, from: number, offset: number): boolean {
  for (const { start, end } of branches) {
    if (start >= offset) return false;
    if (start >= from && end > offset) return true;
  }
  return false;
}

function toGroups(units: readonly PlacedRule[], foreign: boolean): readonly RuleGroup[] {
  const single = units.filter(({ tree }) => has(tree, "alert") || (has(tree, "record") && has(tree, "expr")));
  const groups = units.filter(({ tree }) => has(tree, "rules")).map(({ tree }) => toGroup(tree, foreign));
  return single.length > 0 ? [...groups, { rules: single, foreign }] : groups;
}

function toGroup(tree: Tree, foreign: boolean): RuleGroup {
  const type = textOf(look(tree, "type"));
  const other = type.state === "unknown" || (type.state === "set" && type.value !== "prometheus");
  return { tree, rules: placed(look(tree, "rules")), foreign: foreign || other };
}
