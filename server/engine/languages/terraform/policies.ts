// What IAM policies allow, in whatever form they are written: jsonencode, JSON in a heredoc or a string, or the data source
// aws_iam_policy_document. Source: AWS, "IAM JSON policy elements reference".

import type { Span } from "../../text.js";
import type { Workspace } from "../../workspace.js";
import { masked, readJson } from "./embedded.js";
import { attributeOf, type Block, type Expression, type MapValue, type TerraformFile } from "./model.js";
import {
  has,
  type Known,
  partsOf,
  type Resource,
  resolve,
  resolveItems,
  resourcesOf,
  type Scope,
  writtenOut,
} from "./settings.js";

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
  /** Where it names everybody. */
  readonly everyone?: Span;
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

/**
 * The same for policies that say who reaches a resource. Endpoints of a network and gateways are left out: there, everybody
 * is everybody who gets that far.
 */
const guarded: Readonly<Record<string, string>> = {
  aws_backup_vault_policy: "policy",
  aws_cloudwatch_event_bus_policy: "policy",
  aws_ecr_registry_policy: "policy",
  aws_ecr_repository_policy: "policy",
  aws_efs_file_system_policy: "policy",
  aws_elasticsearch_domain: "access_policies",
  aws_elasticsearch_domain_policy: "access_policies",
  aws_glacier_vault: "access_policy",
  aws_iam_role: "assume_role_policy",
  aws_kms_key: "policy",
  aws_kms_key_policy: "policy",
  aws_opensearch_domain: "access_policies",
  aws_opensearch_domain_policy: "access_policies",
  aws_s3_bucket: "policy",
  aws_s3_bucket_policy: "policy",
  aws_secretsmanager_secret: "policy",
  aws_secretsmanager_secret_policy: "policy",
  aws_sns_topic: "policy",
  aws_sns_topic_policy: "policy",
  aws_sqs_queue: "policy",
  aws_sqs_queue_policy: "policy",
};

/** The statements of all policies that a file writes, and of all documents, whatever they are for. */
export function allStatements(file: TerraformFile, workspace: Workspace): readonly Statement[] {
  const written = resourcesOf(file, workspace).flatMap((resource) => [
    ...writtenIn(resource, holders),
    ...writtenIn(resource, guarded),
  ]);
  return [...written, ...documentsOf(file, workspace).flatMap(documentStatements)];
}

/** The statements of all policies that say who reaches a resource of the file; documents only where one is named. */
export function resourceStatements(file: TerraformFile, workspace: Workspace): readonly Statement[] {
  return resourcesOf(file, workspace).flatMap((resource) => {
    // A domain in a network of its own is reached by who is in there.
    if (!Object.hasOwn(guarded, resource.type) || has(resource, "vpc_options") !== "no") return [];
    const named = policiesAt(resource, guarded[resource.type] ?? "").flatMap(({ kind, span }) =>
      kind === "reference" ? (/^data\.aws_iam_policy_document\.([\w-]+)\b/.exec(textAt(file, span))?.[1] ?? []) : [],
    );
    const documents =
      named.length > 0
        ? documentsOf(file, workspace).filter(({ block }) => named.includes(block.labels[1]?.text ?? ""))
        : [];
    return [...writtenIn(resource, guarded), ...documents.flatMap(documentStatements)];
  });
}

const textAt = ({ text }: TerraformFile, { start, end }: Span): string => text.slice(start, end);

const documentsOf = (file: TerraformFile, workspace: Workspace): readonly Resource[] =>
  resourcesOf(file, workspace, "data").filter(({ type }) => type === "aws_iam_policy_document");

const documentStatements = (resource: Resource): readonly Statement[] =>
  partsOf(resource.block, "statement").parts.map(({ block }) => documentStatement(resource, block));

function writtenIn(resource: Resource, table: Readonly<Record<string, string>>): readonly Statement[] {
  const path = Object.hasOwn(table, resource.type) ? table[resource.type] : undefined;
  return path === undefined ? [] : policiesAt(resource, path).flatMap((policy) => statementsIn(resource, policy));
}

function policiesAt({ block }: Resource, path: string): readonly Expression[] {
  const [first = "", second] = path.split(".");
  if (second === undefined) return [attributeOf(block, first)?.value ?? []].flat();
  return partsOf(block, first).parts.flatMap((part) => attributeOf(part.block, second)?.value ?? []);
}

function statementsIn(resource: Resource, policy: Expression): readonly Statement[] {
  const document = documentOf(resource, policy);
  const maps = document?.kind === "call" && document.name === "merge" ? document.args : document ? [document] : [];
  const listed = maps.flatMap((map) => (map.kind === "map" ? (entryOf(map, "Statement") ?? []) : []));
  const items = listed.flatMap(itemsIn);
  return items.flatMap((item) => (item.kind === "map" ? [jsonStatement(resource, item)] : []));
}

const itemsIn = (value: Expression): readonly Expression[] =>
  value.kind === "list"
    ? value.items
    : value.kind === "call" && value.name === "concat"
      ? value.args.flatMap(itemsIn)
      : [value];

/** The document that an expression writes out. */
function documentOf(scope: Scope, value: Expression): Expression | undefined {
  const { file } = scope;
  const policy = writtenOut(scope, value);
  if (policy === undefined) return undefined;
  if (policy.kind === "call" && policy.name === "jsonencode")
    return policy.args[0] && writtenOut(scope, policy.args[0]);
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
  const everyone = entryOf(map, "Principal");
  const open = map.entries.some(({ key }) => key === undefined);
  return {
    resource,
    effect: effectOf(effect, false),
    actions: items("Action"),
    ...(not && { notActions: not.keySpan }),
    resources: items("Resource"),
    conditional: open || entryOf(map, "Condition") !== undefined,
    principals: ["Principal", "NotPrincipal"].some((name) => entryOf(map, name) !== undefined),
    ...(everyone && everybodyIn(resource, everyone)),
  };
}

/** Who is named as `"*"`, `{ AWS = "*" }` or in a list there. */
function everybodyIn(resource: Resource, principal: Expression): Pick<Statement, "everyone"> {
  const named =
    principal.kind === "map"
      ? principal.entries.flatMap(({ key, value }) => (key === "AWS" || key === "*" ? value : []))
      : [principal];
  const all = named.flatMap((value) => resolveItems(resource, value)).find(({ value }) => value === "*");
  return all ? { everyone: all.span } : {};
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
    ...everybodyNamed(resource, block),
  };
}

function everybodyNamed(resource: Resource, block: Block): Pick<Statement, "everyone"> {
  const listed = partsOf(block, "principals").parts.flatMap((part) => {
    const type = attributeOf(part.block, "type");
    const identifiers = attributeOf(part.block, "identifiers");
    const known = type && resolve(resource, type.value)?.value;
    return identifiers && (known === "AWS" || known === "*") ? resolveItems(resource, identifiers.value) : [];
  });
  const all = listed.find(({ value }) => value === "*");
  return all ? { everyone: all.span } : {};
}

/** The data source allows where it says nothing. */
function effectOf(effect: Known | undefined, absent: boolean): Statement["effect"] {
  if (absent || effect?.value === "Allow") return "Allow";
  return effect?.value === "Deny" ? "Deny" : "unknown";
}
