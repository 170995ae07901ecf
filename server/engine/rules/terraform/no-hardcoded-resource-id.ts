// Ids of things that exist come from data sources, from other modules or from whoever runs this one.

import { addressOf } from "../../languages/terraform/model.js";
import { effectiveBlocks } from "../../languages/terraform/override.js";
import { at, option, rule } from "../../rule.js";
import { type Constant, constantsIn } from "./_constants.js";
import { isForShow } from "./_module.js";

export default rule({
  on: "terraform",
  title: "Look resources up instead of writing their ids",
  why: "An id ties the code to one account and one life of the resource: when that is created anew, everything that names it breaks, and nothing tells a reader what the id means. A data source finds it by what it is.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Terraform Specific",
  options: { allow: option.strings([], "Ids and beginnings of ARNs that may be written out") },

  *check(file, { allow }, workspace) {
    if (isForShow(file.folder)) return;
    for (const block of effectiveBlocks(file, workspace)) {
      if (block.type !== "resource" && block.type !== "module") continue;
      for (const constant of constantsIn(block)) {
        const what = namedBy(constant);
        const { value } = constant.value;
        if (what === undefined || allow.some((one) => value.startsWith(one))) continue;
        const by = value.startsWith("arn:") ? "ARN" : "id";
        yield at(constant.value, `${what} is written into "${addressOf(block)}" by its ${by}`);
      }
    }
  },
});

// Source: Amazon EC2 and VPC API, resource ids: a prefix, then 8 or 17 hexadecimal digits.
const prefixes: Readonly<Record<string, string>> = {
  vpc: "VPC",
  subnet: "subnet",
  sg: "security group",
  rtb: "route table",
  igw: "internet gateway",
  nat: "NAT gateway",
  eni: "network interface",
  eipalloc: "address",
  acl: "network ACL",
  vpce: "VPC endpoint",
  pcx: "peering connection",
  tgw: "transit gateway",
  vgw: "VPN gateway",
  i: "instance",
  vol: "volume",
  snap: "snapshot",
  lt: "launch template",
  fs: "file system",
};

/** The thing that an id names; `undefined` for what is no id, or one that everybody shares. */
function namedBy({ name, value: { value } }: Constant): string | undefined {
  if (/^(?:description|comment|source|version)$/.test(name)) return undefined;
  const prefix = /^([a-z]+)-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.exec(value)?.[1] ?? "";
  const kind = Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined;
  if (kind !== undefined) return `${kind} "${value}"`;
  if (/^\/subscriptions\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/./i.test(value))
    return value.includes("/roleDefinitions/")
      ? undefined
      : `Azure resource "${value.slice(value.lastIndexOf("/") + 1)}"`;
  const arn = /^arn:aws[\w-]*:([\w-]+):[\w-]*:(\d{12}):(\S+)$/.exec(value);
  const [, service = "", account = "", resource = ""] = arn ?? [];
  return arn && isOwn(service, account, resource) ? `${service} resource "${resource}"` : undefined;
}

/**
 * Whether an ARN can be of the reader's own making. A principal that stands for a whole account, and the layers, images and
 * Kubernetes add-ons that others publish, have no data source; nor have accounts of AWS itself and of its manuals.
 */
const isOwn = (service: string, account: string, resource: string): boolean =>
  resource !== "root" &&
  !resource.includes("*") &&
  !(service === "lambda" && resource.startsWith("layer:")) &&
  !foreign.has(account);

// Sources: Elastic Load Balancing, "Enable access logs" (accounts that deliver logs); Lambda Insights; examples in manuals.
const foreign = new Set(
  `
  127311923021 033677994240 027434742980 797873946194 098369216593 754344448648 589379963580 718504428378 383597477331
  600734575887 114774131450 783225319266 582318560864 985666609251 054676820928 156460612806 652711504416 635631232127
  009996457667 897822967062 076674570225 507241528517 580247275435 417665711374 602401143452 123456789012 111122223333
  444455556666 000000000000 111111111111
  `
    .trim()
    .split(/\s+/),
);
