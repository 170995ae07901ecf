// What IAM policies allow, in whatever form they are written: jsonencode, JSON in a heredoc or a string, or the data source
// aws_iam_policy_document. Source: AWS, "IAM JSON policy elements reference".

import type { Span } from "../../text.js";
import type { Workspace } from "../../workspace.js";
import { masked, readJson } from "./embedded.js";
import { attributeOf, type Block, type Expression, type MapValue, type TerraformFile } from "./model.js";
import { type Known, partsOf, type Resource, resolveItems, resourcesOf } from "./settings.js";

/** One statement of a policy, as far as it is certain. */
export interface Statement {
  readonly resource: Resource;
  readonly effect: "Allow" | "Deny" | "unknown";
  readonly actions: readonly Known[];
  /** It allows all actions but some: the place of `NotAction`. */
  readonly notActions?: Span;
  readonly resources: readonly Known[];
  readonly conditional: boolean;
  /** It names who is allowed: it belongs to a resource, not to an identity. */
  readonly principals: boolean;
}

/** Resources with policies of identities -> where these stand. Source: schema of hashicorp/aws 6.25.0. */
const holders: Readonly<Record<string, string>> = {
  aws_iam_policy: "policy",
  aws_iam_role_policy: "policy",
  aws_iam_user_policy: "policy",
  aws_iam_group_policy: "policy",
  aws_ssoadmin_permission_set_inline_policy: "inline_policy",
  aws_iam_role: "inline_policy.policy",
};

/** The statements of all policies of identities that a file writes. */
export function identityStatements(file: TerraformFile, workspace: Workspace): readonly Statement[] {
  const written = resourcesOf(file, workspace).flatMap((resource) => {
    const path = Object.hasOwn(holders, resource.type) ? holders[resource.type] : undefined;
    return path === undefined ? [] : policiesAt(resource, path).flatMap((policy) => statementsIn(resource, policy));
  });
  const documents = resourcesOf(file, workspace, "data").filter(({ type }) => type === "aws_iam_policy_document");
  const data = documents.flatMap((resource) =>
    partsOf(resource.block, "statement").parts.map(({ block }) => documentStatement(resource, block)),
  );
  return [...written, ...data].filter(({ principals }) => !principals);
}

function policiesAt({ block }: Resource, path: string): readonly Expression[] {
  const [first = "", second] = path.split(".");
  if (second === undefined) return [attributeOf(block, first)?.value ?? []].flat();
  return partsOf(block, first).parts.flatMap((part) => attributeOf(part.block, second)?.value ?? []);
}

function statementsIn(resource: Resource, policy: Expression): readonly Statement[] {
  const document = documentOf(resource.file, policy);
  const listed = document?.kind === "map" ? entryOf(document, "Statement") : undefined;
  const items = listed?.kind === "list" ? listed.items : listed ? [listed] : [];
  return items.flatMap((item) => (item.kind === "map" ? [jsonStatement(resource, item)] : []));
}

/** The document that an expression writes out. */
function documentOf(file: TerraformFile, policy: Expression): Expression | undefined {
  if (policy.kind === "call" && policy.name === "jsonencode") return policy.args[0];
  if (policy.kind === "template" && policy.origin !== undefined) return undefined; // Its text stands in another file.
  if (file.unwritable) return inJson(file, policy);
  if (policy.kind === "literal" && policy.origin === undefined && String(policy.value).includes("\n")) {
    const { start } = policy.content;
    return readJson(masked(file.text.slice(start, policy.content.end)), (from, to) => ({
      start: start + from,
      end: start + to,
    }));
  }
  // In a quoted string or in another file the places of its parts are lost.
  if (policy.kind === "literal") return readJson(String(policy.value), () => policy.span);
  if (policy.kind !== "template") return undefined;
  const { start, end } = policy.content;
  const text = file.text.slice(start, end);
  return readJson(masked(text), (from, to) => ({ start: start + from, end: start + to }));
}

/** In a file in JSON, a document is a string with escapes: the places of its parts are lost to them. */
function inJson({ text }: TerraformFile, policy: Expression): Expression | undefined {
  const whole = () => policy.span;
  if (policy.kind === "literal") return readJson(String(policy.value), whole);
  if (policy.kind !== "template") return undefined;
  const written: unknown = JSON.parse(text.slice(policy.span.start, policy.span.end));
  return readJson(masked(String(written)), whole);
}

const entryOf = ({ entries }: MapValue, name: string): Expression | undefined =>
  entries.find(({ key }) => key?.toLowerCase() === name.toLowerCase())?.value;

function jsonStatement(resource: Resource, map: MapValue): Statement {
  const items = (name: string): readonly Known[] => {
    const value = entryOf(map, name);
    return value ? resolveItems(resource, value) : [];
  };
  const [effect] = items("Effect");
  const not = map.entries.find(({ key }) => key?.toLowerCase() === "notaction");
  const open = map.entries.some(({ key }) => key === undefined);
  return {
    resource,
    effect: effectOf(effect, false),
    actions: items("Action"),
    ...(not && { notActions: not.keySpan }),
    resources: items("Resource"),
    conditional: open || entryOf(map, "Condition") !== undefined,
    principals: ["Principal", "NotPrincipal"].some((name) => entryOf(map, name) !== undefined),
  };
}

function documentStatement(resource: Resource, block: Block): Statement {
  const items = (name: string): readonly Known[] => {
    const value = attributeOf(block, name)?.value;
    return value ? resolveItems(resource, value) : [];
  };
  const not = attributeOf(block, "not_actions");
  const there = (name: string): boolean => {
    const { parts, open } = partsOf(block, name);
    return parts.length > 0 || open;
  };
  return {
    resource,
    effect: effectOf(items("effect")[0], attributeOf(block, "effect") === undefined),
    actions: items("actions"),
    ...(not && { notActions: not.nameSpan }),
    resources: items("resources"),
    conditional: there("condition"),
    principals: there("principals") || there("not_principals"),
  };
}

/** The data source allows where it says nothing. */
function effectOf(effect: Known | undefined, absent: boolean): Statement["effect"] {
  if (absent || effect?.value === "Allow") return "Allow";
  return effect?.value === "Deny" ? "Deny" : "unknown";
}
