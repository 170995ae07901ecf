import { expect, test } from "vitest";
import { type Files, shows } from "./workspace.js";

const network: Files = {
  "/repo/infra/network.tf":
    'terraform {\n  backend "s3" {}\n}\n\nresource "aws_vpc" "main" {}\nresource "aws_vpc" "other" {}\n',
  "/repo/infra/app.tf": 'module "web" {\n  source = "./web"\n}\nresource "aws_elasticache_cluster" "a" {}\n',
};

test("a resource of one of the types is enough; the first of a type in each file is named", () => {
  expect(shows({ kind: "terraform", resources: ["aws_lb", "aws_vpc"] }, network)).toEqual({
    state: "found",
    text: "Terraform resource aws_vpc",
    places: ["/repo/infra/network.tf:5 aws_vpc.main"],
  });
});

test("a star stands for any ending", () => {
  const { state, places } = shows({ kind: "terraform", resources: ["aws_elasticache_*"] }, network);
  expect([state, places]).toEqual(["found", ["/repo/infra/app.tf:4 aws_elasticache_cluster.a"]]);
  expect(shows({ kind: "terraform", resources: ["google_*"] }, network).state).toBe("missing");
});

test("backends and modules, each of which is needed where both are asked for", () => {
  expect(shows({ kind: "terraform", backend: true, module: true }, network)).toEqual({
    state: "found",
    text: "Terraform backend and module call",
    places: ["/repo/infra/app.tf:1 module.web", '/repo/infra/network.tf:2 backend "s3"'],
  });
  const cloud = { "/repo/main.tf": 'terraform {\n  cloud {\n    organization = "shop"\n  }\n}\n' };
  expect(shows({ kind: "terraform", backend: true }, cloud).places).toEqual(["/repo/main.tf:2 cloud"]);
  expect(shows({ kind: "terraform", backend: true, module: true }, cloud)).toMatchObject({
    state: "missing",
    text: "no Terraform module call",
  });
});

test("what is not there is missing, unless a file may hold it", () => {
  const asked = { kind: "terraform", resources: ["aws_kms_key"] } as const;
  expect(shows(asked, network)).toEqual({ state: "missing", text: "no Terraform resource aws_kms_key", places: [] });
  const broken = { ...network, "/repo/keys.tf": 'resource "aws_s3_bucket" "a" {\n  bucket = "\n' };
  expect(shows(asked, broken)).toMatchObject({
    state: "unknown",
    text: "no Terraform resource aws_kms_key, but keys.tf is not known whole (cannot be read to its end)",
  });
  expect(shows(asked, { ...network, "/repo/big.tf": "# \n".repeat(400_000) }).state).toBe("unknown");
  expect(shows(asked, network, { unreadable: ["/repo/locked.tf"] }).state).toBe("unknown");
  expect(shows(asked, network, { unreadable: ["/repo/locked.yaml"] }).state).toBe("missing");
  // A file that cannot be read takes nothing away from what is there.
  expect(shows({ kind: "terraform", resources: ["aws_vpc"] }, broken).state).toBe("found");
});

test("a module from elsewhere may bring any resource, but no backend", () => {
  const module = 'module "network" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n';
  expect(shows({ kind: "terraform", resources: ["aws_vpc"] }, { "/repo/main.tf": module })).toMatchObject({
    state: "unknown",
    text: "no Terraform resource aws_vpc, but module.network comes from elsewhere and may bring it",
  });
  expect(shows({ kind: "terraform", backend: true }, { "/repo/main.tf": module }).state).toBe("missing");
});

test("what is switched off by a literal is not there; what a variable decides may be", () => {
  const asked = { kind: "terraform", resources: ["aws_vpc"] } as const;
  const vpc = (line: string) => ({ "/repo/a.tf": `resource "aws_vpc" "off" {\n  ${line}\n}\n` });
  for (const line of ["count = 0", "for_each = {}", "for_each = toset([])"])
    expect([line, shows(asked, vpc(line)).state]).toEqual([line, "missing"]);
  for (const line of ["count = 1", "count = var.on ? 1 : 0", "for_each = { a = 0 }", "for_each = toset(var.all)"])
    expect([line, shows(asked, vpc(line)).state]).toEqual([line, "found"]);
  const module = { "/repo/a.tf": 'module "web" {\n  source = "acme/web/aws"\n  count  = 0\n}\n' };
  expect(shows({ kind: "terraform", module: true }, module).state).toBe("missing");
  expect(shows(asked, module).state).toBe("missing");
  const second = { "/repo/a.tf": `${vpc("count = 0")["/repo/a.tf"]}resource "aws_vpc" "on" {}\n` };
  expect(shows(asked, second).places).toEqual(["/repo/a.tf:4 aws_vpc.on"]);
});

test("a tracker that speaks for a part of the workspace sees that part", () => {
  const speaksFor = (path: string) => path.startsWith("/repo/pay/");
  const asked = { kind: "terraform", resources: ["aws_vpc"] } as const;
  expect(shows(asked, network, { speaksFor }).state).toBe("missing");
  expect(shows(asked, { ...network, "/repo/pay/a.tf": 'resource "aws_vpc" "pay" {}\n' }, { speaksFor }).places).toEqual(
    ["/repo/pay/a.tf:1 aws_vpc.pay"],
  );
});

test("of very many places the first are named", () => {
  const many = Object.fromEntries(
    Array.from({ length: 300 }, (_, i) => [`/repo/${String(i).padStart(3, "0")}.tf`, 'resource "aws_vpc" "main" {}\n']),
  );
  const { places } = shows({ kind: "terraform", resources: ["aws_vpc"] }, many);
  expect([places.length, places[0], places.at(-1)]).toEqual([
    20,
    "/repo/000.tf:1 aws_vpc.main",
    "/repo/019.tf:1 aws_vpc.main",
  ]);
});
