// What blocks say about each other: which security groups are attached to what, which resources complete another one.
// Only what rules ask about is looked at.

import { attributeOf, type Block, type Expression } from "./model.js";

/** Somebody names a resource. */
export interface UseFact {
  /** The type of the resource that names it; "module" for a call, "locals" for a value that goes on to who knows where. */
  readonly by: string;
  /** It is a load balancer. */
  readonly balancer?: true;
}

/** Type -> the arguments by which it names another resource. Source: schema of hashicorp/aws 6.25.0. */
const naming: Readonly<Record<string, readonly string[]>> = {
  aws_lb: ["security_groups"],
  aws_alb: ["security_groups"],
  aws_elb: ["security_groups"],
  aws_instance: ["vpc_security_group_ids", "security_groups"],
  aws_launch_template: ["vpc_security_group_ids"],
  aws_launch_configuration: ["security_groups"],
  aws_db_instance: ["vpc_security_group_ids"],
  aws_rds_cluster: ["vpc_security_group_ids"],
  aws_elasticache_cluster: ["security_group_ids"],
  aws_elasticache_replication_group: ["security_group_ids"],
};

/**
 * Type -> the argument by which it completes another resource. It names all that its text mentions, so that the target of a
 * copy or of a log is named as well. Source: hashicorp/aws 6.25.0, hashicorp/azurerm 4.55.0.
 */
const completing: Readonly<Record<string, string>> = {
  aws_secretsmanager_secret_rotation: "secret_id",
  aws_flow_log: "vpc_id",
  aws_s3_bucket_logging: "bucket",
  aws_s3_bucket_replication_configuration: "bucket",
  aws_s3_bucket_server_side_encryption_configuration: "bucket",
  azurerm_monitor_diagnostic_setting: "target_resource_id",
  azurerm_mssql_server_extended_auditing_policy: "server_id",
  azurerm_subnet_network_security_group_association: "subnet_id",
};

const balancers: ReadonlySet<string> = new Set(["aws_lb", "aws_alb", "aws_elb"]);

export interface Uses {
  /** The resources that a block names, by address. */
  readonly named: readonly string[];
  /** It names one that cannot be told. */
  readonly unclear: boolean;
  readonly fact: UseFact;
}

/** The resources that a block of a text names; `undefined` for a block that nobody asks about. */
export function usesOf(block: Block, text: string): Uses | undefined {
  const type = block.type === "resource" ? (block.labels[0]?.text ?? "") : block.type;
  if (type === "module" || type === "locals")
    return { named: mentioned(block, text), unclear: false, fact: { by: type } };
  if (block.type !== "resource") return undefined;
  const completed = Object.hasOwn(completing, type) ? completing[type] : undefined;
  if (completed !== undefined) {
    const value = attributeOf(block, completed)?.value;
    const unclear = block.broken || !value || addressesIn(value).includes(undefined);
    return { named: mentioned(block, text), unclear, fact: { by: type } };
  }
  const names = Object.hasOwn(naming, type) ? (naming[type] ?? []) : [];
  const found = names.flatMap((name) => attributeOf(block, name)?.value ?? []).flatMap(addressesIn);
  return {
    named: [...new Set(found.flatMap((address) => address ?? []))],
    unclear: block.broken ? names.length > 0 : found.includes(undefined),
    fact: { by: type, ...(balancers.has(type) && { balancer: true as const }) },
  };
}

/** `aws_vpc.main` of `aws_vpc.main.id` and `aws_vpc.main[0].id`; `undefined` for what names something else. */
function addressesIn(value: Expression): readonly (string | undefined)[] {
  if (value.kind === "list") return value.items.flatMap(addressesIn);
  if (value.kind === "call" && !value.spread) return value.args.flatMap(addressesIn);
  if (value.kind === "conditional") return [value.whenTrue, value.whenFalse].flatMap(addressesIn);
  const address =
    value.kind === "reference" ? /^([a-z][\w]*_[\w]*\.[\w-]+)(?=[.[]|$)/.exec(value.path)?.[1] : undefined;
  return [address];
}

/** Every address of a resource that stands in a block, in whatever expression; data sources are none. */
function mentioned({ body }: Block, text: string): readonly string[] {
  const inside = text.slice(body.start, body.end);
  const found = inside.matchAll(/(?<![\w.-])((?:[a-z][a-z0-9]*_)[\w]*\.[A-Za-z_][\w-]*)/g);
  return [...new Set([...found].flatMap(([, address]) => address ?? []))];
}
