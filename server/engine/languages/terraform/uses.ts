// What resources say about each other: which security groups are attached to what. Only the arguments that rules ask about
// are looked at.

import { attributeOf, type Block, type Expression } from "./model.js";

/** Somebody names a resource. */
export interface UseFact {
  /** The type of the resource that names it. */
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

const balancers: ReadonlySet<string> = new Set(["aws_lb", "aws_alb", "aws_elb"]);

/** The resources that a block names, by address; `unclear` if it names one that cannot be told. */
export function usesOf(block: Block): { readonly named: readonly string[]; readonly unclear: boolean; fact: UseFact } {
  const type = block.labels[0]?.text ?? "";
  const names = block.type === "resource" && Object.hasOwn(naming, type) ? (naming[type] ?? []) : [];
  const values = names.flatMap((name) => attributeOf(block, name)?.value ?? []);
  const found = values.flatMap(addressesIn);
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
  const address =
    value.kind === "reference" ? /^([a-z][\w]*_[\w]*\.[\w-]+)(?=[.[]|$)/.exec(value.path)?.[1] : undefined;
  return [address];
}
