// What the keys of a GitLab job say about when it starts and what it waits for, and which files and lines it takes over.
// Source: GitLab Docs, "CI/CD YAML syntax reference" and "Control how jobs run".

import { itemsAt, nodeAt, textAt, type YamlNode } from "../yaml/model.js";
import { gitlabTemplates } from "./action-roles.js";
import type { Condition, Include, JobOutline } from "./model.js";

interface Start {
  /** Whether it says anything about it. */
  readonly said: boolean;
  readonly condition?: Condition;
  readonly manual?: "blocking" | "optional";
  /** No rule ever lets it run. */
  readonly never: boolean;
}

/** Reads `when`, `allow_failure` and `rules`. */
export function startOf(job: YamlNode): Start {
  const rules = itemsAt(job, "rules");
  const own = textAt(job, "when");
  const said = own !== undefined || nodeAt(job, "rules") !== undefined;
  if (rules.length === 0) {
    if (own !== "manual") return { said, ...conditionOf(own), never: own === "never" };
    // Outside of rules a manual job may fail, so that nothing waits for it, unless it says otherwise.
    return { said, manual: textAt(job, "allow_failure") === "false" ? "blocking" : "optional", never: false };
  }
  const ways = rules.filter((rule) => textAt(rule, "when") !== "never");
  const words = ways.map((rule) => textAt(rule, "when") ?? own);
  const never = ways.length === 0 && rules.every((rule) => rule.type === "map");
  if (words.length > 0 && words.every((word) => word === "manual")) {
    const optional = ways.some((rule) => (textAt(rule, "allow_failure") ?? textAt(job, "allow_failure")) === "true");
    return { said, manual: optional ? "optional" : "blocking", never };
  }
  return {
    said,
    ...conditionOf(words.find((word) => word === "always") ?? words.find((word) => word === "on_failure")),
    never,
  };
}

function conditionOf(when: string | undefined): Pick<Start, "condition"> {
  if (when === "always") return { condition: { expression: "always()", text: "when: always" } };
  if (when === "on_failure") return { condition: { expression: "failure()", text: "when: on_failure" } };
  return {};
}

/** Reads `needs`; without it a job waits for all stages before its own. */
export function needsOf(node: YamlNode | undefined): Pick<JobOutline, "needs" | "needsUnseen"> {
  if (!node) return {};
  if (node.type !== "list") return { needs: [], needsUnseen: true };
  const needs: string[] = [];
  let unseen = false;
  for (const item of node.items) {
    const name = item.type === "scalar" ? item.text : textAt(item, "job");
    const elsewhere = nodeAt(item, "project") ?? nodeAt(item, "pipeline");
    if (elsewhere || name === undefined || name.includes("$")) unseen = true;
    else needs.push(name);
  }
  return { needs, ...(unseen && { needsUnseen: true }) };
}

/** Reads `include`: a string, a map, or a list of both. */
export function includesOf(node: YamlNode | undefined): readonly Include[] {
  const items = node?.type === "list" ? node.items : node ? [node] : [];
  return items.flatMap((item) => {
    if (item.type === "scalar" && item.style === "missing") return [];
    const local = item.type === "scalar" ? item.text : textAt(item, "local");
    const template = textAt(item, "template");
    const text =
      local ?? template ?? textAt(item, "project") ?? textAt(item, "remote") ?? textAt(item, "component") ?? "include";
    const brings =
      template === undefined ? undefined : gitlabTemplates[template.replace(/(?:\.latest)?\.gitlab-ci\.ya?ml$/, "")];
    const include: Include = {
      text,
      span: item.span,
      ...(local !== undefined && !/^https?:|\$/.test(local) && { local }),
      ...(brings && { brings }),
    };
    return [include];
  });
}

/** The path of a `!reference [job, key]`; undefined for other lists, which are nested scripts. */
export function referenceIn(text: string, node: YamlNode): readonly string[] | undefined {
  if (node.type !== "list" || !/!reference\s*$/.test(text.slice(Math.max(0, node.span.start - 40), node.span.start)))
    return undefined;
  return node.items.map((item) => (item.type === "scalar" ? item.text : ""));
}
