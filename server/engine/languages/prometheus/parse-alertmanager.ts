// A YAML tree with Alertmanager's configuration -> its routes and receivers.

import { items, type Look, look, type Tree, textOf } from "../kubernetes/look.js";
import type { Condition, Route, Routing } from "./alertmanager.js";
import { isTemplated } from "./scalars.js";

/** The routing of a configuration; undefined for anything else. */
export function toRouting(tree: Tree): Routing | undefined {
  const route = look(tree, "route");
  const list = look(tree, "receivers");
  if (typeof route === "string" || typeof list === "string" || list.node.type !== "list") return undefined;
  if (route.node.type !== "map") return undefined;
  const receivers = new Map<string, boolean | undefined>();
  for (const receiver of items(list)) {
    const name = textOf(look(receiver, "name"));
    if (name.state !== "set" || isTemplated(name.value)) return undefined;
    receivers.set(name.value, notifies(receiver));
  }
  return { root: toRoute(route), receivers };
}

/** A receiver notifies somebody when it has at least one integration: a list under a key like `slack_configs`. */
function notifies(receiver: Tree): boolean | undefined {
  if (receiver.node.type !== "map" || receiver.partial || receiver.template) return undefined;
  for (const { key, value } of receiver.node.entries) {
    if (!/_configs$/.test(key.text)) continue;
    if (value.type === "list" ? value.items.length > 0 : value.type !== "scalar" || value.value !== null) return true;
  }
  return false;
}

function toRoute(tree: Tree): Route {
  const name = textOf(look(tree, "receiver"));
  const place = look(tree, "receiver");
  const goesOn = textOf(look(tree, "continue"));
  const receiver =
    typeof place === "string" || name.state === "absent"
      ? undefined
      : { name: name.state === "set" && !isTemplated(name.value) ? name.value : undefined, span: place.node.span };
  return {
    ...(receiver && { receiver }),
    conditions: conditionsOf(tree),
    goesOn: goesOn.state === "unknown" || (goesOn.state === "set" && goesOn.value === "true"),
    routes: items(look(tree, "routes")).map(toRoute),
  };
}

const unreadable: Condition = { operator: "=", value: "" };

function conditionsOf(tree: Tree): readonly Condition[] {
  const matchers = look(tree, "matchers");
  const list = typeof matchers === "string" || matchers.node.type === "list" ? items(matchers) : [matchers];
  return [
    ...fromMap(look(tree, "match"), "="),
    ...fromMap(look(tree, "match_re"), "=~"),
    ...list.map((item) => fromText(item)),
    ...(matchers === "unknown" ? [unreadable] : []),
  ];
}

function fromMap(found: Look, operator: "=" | "=~"): readonly Condition[] {
  if (found === "absent") return [];
  if (found === "unknown" || found.node.type !== "map") return [unreadable];
  return found.node.entries.map(({ key }) => {
    const value = textOf(look(found, key.text));
    return value.state === "set" && !isTemplated(value.value)
      ? { label: key.text, operator, value: value.value }
      : unreadable;
  });
}

/** `severity="critical"`, with or without quotes. Several in one text are not taken apart. */
function fromText(item: Tree): Condition {
  const text = textOf(item);
  if (text.state !== "set" || isTemplated(text.value)) return unreadable;
  const [, label, operator, quoted, bare] =
    /^\{?\s*"?([\w.:-]+)"?\s*(=~|!~|!=|=)\s*(?:"([^"]*)"|([^\s",{}]*))\s*\}?$/.exec(text.value.trim()) ?? [];
  if (label === undefined) return unreadable;
  return { label, operator: toOperator(operator), value: quoted ?? bare ?? "" };
}

const toOperator = (text: string | undefined): Condition["operator"] =>
  text === "=~" || text === "!~" || text === "!=" ? text : "=";
