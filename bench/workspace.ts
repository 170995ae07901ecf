// One edit in a large workspace: 200 Terraform modules of ten files that refer to each other, from a change notification
// to the findings over stdio.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { startServer } from "../test/harness/server.js";
import { median } from "./statistics.js";

const modules = 200;
const rounds = 40;
const bar = 50;

/** Prints the median of milliseconds from an edit to the findings of its file, and whether the bar is held. */
export async function measureWorkspace(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "dakota-bench-"));
  try {
    for (let i = 0; i < modules; i++) writeModule(folder, i);
    const start = performance.now();
    const server = await startServer({ folder });
    await server.ready;
    const ready = performance.now() - start;
    const times = {
      "main.tf": await edits(server, folder, "main.tf"),
      "locals.tf": await edits(server, folder, "locals.tf"),
    };
    console.log(`\n${modules * 10} Terraform files are ready after ${ready.toFixed(0)} ms`);
    for (const [what, found] of Object.entries(times)) {
      const middle = median(found);
      console.log(
        `Findings after an edit in ${what}: ${middle.toFixed(1)} ms (bar ${bar}) ${middle < bar ? "held" : "MISSED"}`,
      );
    }
    await server.stop();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The value of an argument changes back and forth; other files of the module ask for what stands in both. */
async function edits(
  server: Awaited<ReturnType<typeof startServer>>,
  folder: string,
  name: string,
): Promise<readonly number[]> {
  const path = join(folder, moduleName(modules / 2), name);
  const uri = pathToFileURL(path).toString();
  const text = (count: number) =>
    `${files(modules / 2)[name] ?? ""}\n# edit ${count}\nlocals {\n  edited = ${count}\n}\n`;
  await server.open(uri, "terraform", text(0));
  await server.pull(uri);
  const times: number[] = [];
  for (let i = 1; i <= rounds; i++) {
    const start = performance.now();
    await server.change(uri, i + 1, text(i));
    await server.pull(uri);
    times.push(performance.now() - start);
  }
  return times;
}

const moduleName = (i: number): string => `modules/service-${i}`;

function writeModule(folder: string, i: number): void {
  mkdirSync(join(folder, moduleName(i)), { recursive: true });
  for (const [name, text] of Object.entries(files(i))) writeFileSync(join(folder, moduleName(i), name), text);
}

/** The ten files of a module; it calls the next two. */
function files(i: number): Readonly<Record<string, string>> {
  return {
    "versions.tf":
      'terraform {\n  required_version = ">= 1.10"\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "~> 6.0"\n    }\n  }\n}\n',
    "backend.tf": `terraform {\n  backend "s3" {\n    bucket       = "state"\n    key          = "service-${i}"\n    use_lockfile = true\n    encrypt      = true\n  }\n}\n`,
    "providers.tf":
      'provider "aws" {\n  region = var.region\n  default_tags {\n    tags = merge(local.tags, { Service = local.name })\n  }\n}\n',
    "variables.tf":
      'variable "region" {\n  description = "Where it runs"\n  type        = string\n  default     = "eu-central-1"\n}\n\nvariable "networks" {\n  description = "Who may come in"\n  type        = list(string)\n  default     = ["10.0.0.0/8"]\n}\n',
    "locals.tf": `locals {\n  name = "service-${i}"\n  tags = {\n    Environment = terraform.workspace\n    Owner       = "payments"\n  }\n}\n`,
    "main.tf": Array.from(
      { length: 8 },
      (_, n) =>
        `resource "aws_sqs_queue" "jobs_${n}" {\n  name                    = "\${local.name}-${n}"\n  sqs_managed_sse_enabled = true\n  tags                    = local.tags\n}\n`,
    ).join("\n"),
    "network.tf":
      'resource "aws_security_group" "app" {\n  name = local.name\n\n  ingress {\n    from_port   = 443\n    to_port     = 443\n    protocol    = "tcp"\n    cidr_blocks = var.networks\n  }\n}\n\nresource "aws_lb" "app" {\n  name            = local.name\n  security_groups = [aws_security_group.app.id]\n}\n',
    "iam.tf":
      'resource "aws_iam_role_policy" "app" {\n  role = aws_iam_role.app.id\n  policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = [{\n      Effect   = "Allow"\n      Action   = ["sqs:SendMessage"]\n      Resource = aws_sqs_queue.jobs_0.arn\n    }]\n  })\n}\n\nresource "aws_iam_role" "app" {\n  name               = local.name\n  assume_role_policy = data.aws_iam_policy_document.app.json\n}\n',
    "calls.tf": [1, 2]
      .map(
        (step) =>
          `module "next_${step}" {\n  source = "../service-${(i + step) % modules}"\n  region = var.region\n}\n`,
      )
      .join("\n"),
    "outputs.tf": 'output "queue" {\n  description = "The first queue"\n  value       = aws_sqs_queue.jobs_0.id\n}\n',
  };
}
