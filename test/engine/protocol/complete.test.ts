// Nothing of the five protocol documents is missing from our data, and nothing was added: every phase, step, checkpoint,
// output, section, checklist item, time limit, rule and figure is compared with what was written down from the documents.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Authority, Figure, StandardEntry, Template } from "../../../server/engine/protocol/guidance.js";
import type { Checklist, Evidence, Protocol, TimeLimit } from "../../../server/engine/protocol/model.js";
import { readProtocol } from "../../../server/engine/protocol/read.js";
import { readProtocols } from "../../../server/host/protocols.js";
import {
  engineerInstructionsLists,
  engineerInstructionsStatements,
  roleDefinitionLists,
  roleDefinitionStatements,
  roleInstructionsLists,
  roleInstructionsStatements,
} from "./documents.js";

const folder = new URL("../../../protocols/", import.meta.url);
const textOf = (file: string): string => readFileSync(new URL(file, folder), "utf8");
const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(
  JSON.parse(readFileSync(new URL("../../../schemas/protocol.schema.json", import.meta.url), "utf8")),
);

function load(id: string): Protocol {
  const { protocol, problems } = readProtocol(textOf(`${id}.yaml`));
  if (!protocol || problems.length > 0) throw new Error(`${id}.yaml: ${JSON.stringify(problems)}`);
  return protocol;
}

const documents = ["dop", "engineer-instructions", "master", "role-definition", "role-instructions"] as const;

test("one file a document, each of the form of the schema", () => {
  expect(readdirSync(folder).sort()).toEqual(["all.gen.json", ...documents.map((id) => `${id}.yaml`)]);
  for (const id of documents) {
    validate(parse(textOf(`${id}.yaml`)));
    expect(validate.errors ?? [], id).toEqual([]);
    expect(load(id).id).toBe(id);
  }
});

test("the program reads what the files say", async () => {
  expect(await readProtocols(fileURLToPath(folder))).toEqual(documents.map(load));
});

// Counted by hand in the documents, in this order: phases, steps, checklists, workflows, scenarios, steps of these three,
// their sub-items, time limits.
const counts: Readonly<Record<(typeof documents)[number], readonly number[]>> = {
  dop: [5, 24, 0, 0, 0, 0, 0, 0],
  // Four plus two plus four plus four steps; the items of the readiness checklist are ours.
  master: [4, 14, 1, 0, 0, 11, 0, 0],
  // 8 + 7 + 10 + 6 + 8 + 5 steps of workflows, 3 × 5 of scenarios, 10 + 8 + 12 boxes; 13 + 21 + 12 + 20 + 12 + 17 sub-items
  // of workflows, 13 + 14 + 14 of scenarios.
  "role-definition": [0, 0, 3, 6, 3, 44 + 15 + 30, 95 + 41, 14],
  "role-instructions": [0, 0, 1, 1, 0, 6 + 3, 9, 0],
  "engineer-instructions": [0, 0, 2, 1, 0, 6 + 7 + 5, 6, 0],
};

test.each(documents)("%s has as many parts as its document", (id) => {
  const { phases, checklists } = load(id);
  const ofKind = (kind: Checklist["kind"]): number => checklists.filter((list) => list.kind === kind).length;
  const steps = checklists.flatMap((list) => list.steps);
  const limits = [...steps, ...steps.flatMap(({ items }) => items)].filter(({ within }) => within);
  expect([
    phases.length,
    phases.flatMap((phase) => phase.steps).length,
    ofKind("checklist"),
    ofKind("workflow"),
    ofKind("scenario"),
    steps.length,
    steps.flatMap(({ items }) => items).length,
    limits.length + steps.filter(({ lasts }) => lasts).length,
  ]).toEqual(counts[id]);
});

const limitText = ({ text, when }: TimeLimit): string => `(${when ? `${when}: ` : ""}${text})`;

/** A list as its document writes it. */
function outline({ section, title, kind, trigger, steps, output }: Checklist): string {
  const heading = kind === "checklist" || !section.includes(": ") ? title : section;
  const lines = steps.flatMap(({ title: name, within, items }) => {
    const said = within && !name.toLowerCase().includes(within.text.toLowerCase()) ? ` ${limitText(within)}` : "";
    return [`${name}${said}`, ...items.map((item) => `  ${item.title}`)];
  });
  // Only workflows and scenarios of the Role Definition say what calls for them.
  const from = section.includes(": ") && trigger ? [`from: ${trigger}`] : [];
  return [`## ${heading}`, ...from, ...lines, ...(output ? [`to: ${output.join("; ")}`] : [])].join("\n");
}

test.each([
  ["role-definition", roleDefinitionLists],
  ["role-instructions", roleInstructionsLists],
  ["engineer-instructions", engineerInstructionsLists],
])("every list of %s reads as in its document", (id, said) => {
  expect(`\n${load(id).checklists.map(outline).join("\n\n")}\n`).toBe(said);
});

const figureText = (name: string, figure: Figure | undefined): readonly string[] =>
  figure ? [`${name}: ${figure.text}`] : [];

const entryText = ({ force, name, text }: StandardEntry): string =>
  [force ? `${force.toUpperCase()} ` : "", name ? `${name}: ` : "", text].join("");

const authorityLines = ({ entries }: Authority): readonly string[] =>
  entries.flatMap(({ who, what }) => (who ? [`${who}: ${what.join(", ")}`] : what));

const withFields = (title: string, fields: readonly string[]): string =>
  fields.length > 0 ? `${title}: ${fields.join(", ")}` : title;

const templateLines = ({ title, fields, sections, closing = [] }: Template): readonly string[] => [
  withFields(title, fields),
  ...sections.map((section) => `  ${withFields(section.title, section.fields)}`),
  ...(closing.length > 0 ? [`  ${closing.join(", ")}`] : []),
];

const roleLines = ({ role, dated }: Protocol): readonly string[] => {
  const { handle, title, version, updatedBy, nextReview } = role ?? {};
  return [handle, title, version, dated, updatedBy, nextReview].filter((one) => one !== undefined);
};

/** Entries under their headings, in the order of their first entry. */
function grouped<T>(entries: readonly T[], heading: (entry: T) => string, line: (entry: T) => string) {
  const groups: { title: string; key: string; lines: string[] }[] = [];
  for (const entry of entries) {
    const key = heading(entry);
    if (groups.at(-1)?.key !== key) groups.push({ key, title: key.split(" / ").at(-1) ?? "", lines: [] });
    groups.at(-1)?.lines.push(line(entry));
  }
  return groups;
}

const orNothing = (title: string, lines: readonly string[]) => (lines.length > 0 ? [{ title, lines }] : []);

/** Everything beside phases and checklists, heading by heading. */
function statements(protocol: Protocol): string {
  const groups: readonly { readonly title: string; readonly lines: readonly string[] }[] = [
    ...protocol.criticalRules.map(({ title, must, forbidden }) => ({
      title,
      lines: [...must.map((rule) => `MUST ${rule}`), ...forbidden.map((rule) => `FORBIDDEN: ${rule}`)],
    })),
    ...protocol.standards.map(({ title, about, entries }) => ({
      title,
      lines: [...(about ? [about] : []), ...entries.map(entryText)],
    })),
    ...grouped(
      protocol.antiPatterns,
      ({ section }) => section,
      ({ title, pattern, instead }) => {
        if (title.startsWith("When")) return `${title}: ${instead}, don't ${pattern}`;
        return pattern ? `${title}: ${pattern} > ${instead}` : [title, ...(instead ? [instead] : [])].join(" - ");
      },
    ),
    ...protocol.authority.map((authority) => ({ title: authority.title, lines: authorityLines(authority) })),
    ...protocol.severities.map(({ title, levels }) => ({
      title,
      lines: levels.map(({ id, meaning }) => `${id}: ${meaning}`),
    })),
    ...orNothing(
      "Escalation",
      protocol.escalation.map(({ level, title, who }) => `${level}: ${title} - ${who}`),
    ),
    ...grouped(
      protocol.targets,
      ({ section, group }) => `${section} / ${group}`,
      ({ title, measures, target, alert }) =>
        withFields(title, [
          ...(measures ? [measures] : []),
          ...figureText("Target", target),
          ...figureText("Alert", alert),
        ]),
    ),
    ...orNothing(
      "Documents",
      protocol.documents.map(({ title, purpose, updated }) => `${title} / ${purpose} / ${updated}`),
    ),
    ...orNothing(
      "Collaboration",
      protocol.collaboration.flatMap(({ role, exchanges }) =>
        exchanges.map(({ kind, what }) => `${role}, ${kind}: ${what.join(", ")}`),
      ),
    ),
    ...orNothing(
      "Pipeline Stages",
      protocol.pipelineStages.map(({ title, text }) => withFields(title, text ? [text] : [])),
    ),
    ...orNothing(
      "Deployment Strategies",
      protocol.strategies.flatMap(({ title, pros, cons }) => [
        title,
        `  Pros: ${pros.join(", ")}`,
        `  Cons: ${cons.join(", ")}`,
      ]),
    ),
    ...orNothing(
      "Requirements to Clarify",
      protocol.questions.map(({ title, text }) => withFields(title, text ? [text] : [])),
    ),
    ...orNothing("Templates", protocol.templates.flatMap(templateLines)),
    ...orNothing("Above everything", protocol.mandate ? [protocol.mandate] : []),
    ...orNothing("Role", roleLines(protocol)),
  ];
  return groups.map(({ title, lines }) => [`## ${title}`, ...lines].join("\n")).join("\n\n");
}

test.each([
  ["role-definition", roleDefinitionStatements],
  ["role-instructions", roleInstructionsStatements],
  ["engineer-instructions", engineerInstructionsStatements],
])("everything else that %s says reads as in its document", (id, said) => {
  expect(`\n${statements(load(id))}\n`).toBe(said);
});

const limits = [
  ["handle-incident", "Immediate Response", "within", 5, undefined],
  ["handle-incident", "Investigate", "within", 15, "P0"],
  ["handle-incident", "Verify", "lasts", 30, undefined],
  ["handle-incident", "Post-Mortem", "within", 2 * 24 * 60, undefined],
  ["outage-during-deployment", "Immediate", "within", 0.5, undefined],
  ["outage-during-deployment", "Within 2 minutes", "within", 2, undefined],
  ["outage-during-deployment", "Within 5 minutes", "within", 5, undefined],
  ["outage-during-deployment", "Within 24 hours", "within", 24 * 60, undefined],
  ["outage-during-deployment", "Within 1 week", "within", 7 * 24 * 60, undefined],
  ["cost-spike", "Investigate immediately", "within", 0, undefined],
  ["cost-spike", "Take immediate action", "within", 0, undefined],
  ["security-vulnerability", "Assess", "within", 60, undefined],
  ["security-vulnerability", "Priority", "within", 0, undefined],
  ["security-vulnerability", "Apply security patch immediately", "within", 0, undefined],
];

test("every time limit is there in minutes", () => {
  const row = (id: string, title: string, kind: string, { minutes, when }: TimeLimit) => [
    id,
    title,
    kind,
    minutes,
    when,
  ];
  const found = load("role-definition").checklists.flatMap(({ id, steps }) =>
    steps.flatMap(({ title, within, lasts, items }) => [
      ...(within ? [row(id, title, "within", within)] : []),
      ...(lasts ? [row(id, title, "lasts", lasts)] : []),
      ...items.flatMap((item) => (item.within ? [row(id, item.title, "within", item.within)] : [])),
    ]),
  );
  expect(found).toEqual(limits);
});

// The four phases of the Master Protocol, step by step with their sub-points. "Create … checklist and validate initial
// setup" is one sentence there.
const masterProtocol = `
PHASE 1: REQUIREMENT ANALYSIS & INFRASTRUCTURE DEFINITION
Analyze Requirements: Understand the functional and non-functional requirements from the PRD and Architecture documents.
Select Technology Stack: Based on requirements, confirm the cloud provider (AWS, Azure, GCP), containerization (Docker, Kubernetes), and IaC tools (Terraform, Ansible).
Define Infrastructure as Code (IaC)
  Create/update Terraform or Ansible scripts.
  Define network topology, security groups, and server configurations.
  All secrets must be managed via a secure vault.
Create \`deployment-readiness.md\` checklist: Validate initial setup.
PHASE 2: CI/CD PIPELINE IMPLEMENTATION
Setup CI (Continuous Integration)
  Configure GitHub Actions, GitLab CI, or Jenkins.
  Automate build process upon every commit.
  Integrate automated unit and integration tests (using the SRST protocol for failures).
  Perform static code analysis and security vulnerability scans.
Setup CD (Continuous Deployment/Delivery)
  Automate deployment to staging environments.
  Implement deployment strategies (Blue/Green, Canary).
  Create automated rollback plans.
PHASE 3: DEPLOYMENT & RELEASE
Execute Pre-Deployment Checklist: Run through \`deployment-readiness.md\`.
Deploy to Production: Execute the automated deployment pipeline.
Post-Deployment Verification: Run smoke tests and health checks to ensure the application is running correctly.
Monitor Release: Closely monitor system metrics immediately after release.
PHASE 4: MONITORING & INCIDENT RESPONSE
Implement Observability: Configure Prometheus, Grafana, ELK Stack, or other monitoring tools.
Set Up Alerting: Define critical alerts for performance, errors, and security events.
Incident Response: Follow a defined runbook for incident triage, escalation, and resolution.
Post-Mortem: Document every incident in \`AUDIT_MORTEN.md\` to prevent recurrence.
`;

test("the Master Protocol's phases read as in the document, and its gates are marked as ours", () => {
  const { phases, gateAnswers } = load("master");
  const lines = phases.flatMap(({ number, title, steps }) => [
    `PHASE ${number}: ${title}`,
    ...steps.flatMap(({ title: name, activities, points = [] }) => [
      withFields(name, activities ? [activities] : []),
      ...points.map((point) => `  ${point}`),
    ]),
  ]);
  expect(`\n${lines.join("\n")}\n`).toBe(masterProtocol);
  expect(phases.map(({ output }) => output?.file)).toEqual([
    "deployment-readiness.md",
    undefined,
    undefined,
    "AUDIT_MORTEN.md",
  ]);
  expect(phases.map(({ gate }) => gate?.added)).toEqual([true, true, true, true]);
  expect(gateAnswers.map(({ word }) => word)).toEqual(["Yes", "No", "Clarify"]);
  for (const { steps } of phases) for (const step of steps) expect(step.checkpoint).not.toBe("");
});

// Of the DevOps Engineering Protocol: steps with their activities, checkpoints where the document words them, sections.
const engineeringProtocol = `
1. Infrastructure Assessment & Planning / Infrastructure Assessment
Requirements Gathering: Understand application needs, traffic patterns, SLAs = Requirements documented
Architecture Design: Design cloud architecture with HA and DR = Architecture diagram created
Security Planning: Define network topology, IAM, encryption strategy = Security blueprint ready
Cost Estimation: Calculate infrastructure costs with growth projections = Cost model prepared
Reliability Gate: Review infrastructure design = Move to Phase 2
phase1_infrastructure_plan.md: Architecture Diagrams, Security Design, Cost Analysis, Technology Stack, SLA Definitions
2. Infrastructure as Code Implementation / Infrastructure as Code
IaC Setup: Initialize Terraform/CloudFormation/Pulumi project
Network Infrastructure: VPCs, subnets, security groups, load balancers
Compute Resources: EC2/Kubernetes/Serverless configuration
Data Storage: Databases, object storage, caching layers
Security Implementation: KMS, secrets management, IAM roles
Reliability Gate: Deploy to staging → validate
phase2_infrastructure_code.md: IaC Modules, Resource Inventory, Dependency Graph, Testing Strategy, Deployment Guide
3. CI/CD Pipeline Development / CI/CD Pipeline
Build: Compile, package, containerize | Unit tests, linting
Test: Integration, security scanning | Coverage thresholds
Deploy: Blue-green, canary, rolling | Health checks
Release: Feature flags, gradual rollout | Metrics validation
Design pipeline architecture
Implement build automation
Add quality gates and security scans
Configure deployment strategies
Set up rollback mechanisms
Reliability Gate with test deployment
phase3_cicd_pipeline.md: Pipeline Configuration, Deployment Strategies, Rollback Procedures, Gate Definitions
4. Monitoring & Observability / Monitoring & Observability
Metrics Collection: Application, infrastructure, and business metrics
Log Aggregation: Centralized logging with structured data
Distributed Tracing: Request flow visualization
Alerting Rules: SLI/SLO-based alerts with runbooks
Dashboard Creation: Service health and business KPIs
Reliability Gate: Verify observability coverage
phase4_observability_setup.md: Metrics Inventory, Alert Definitions, Dashboard Links, SLI/SLO Documentation, Runbook Templates
5. Operations & Continuous Improvement / Operations & Improvement
Runbook Documentation: Incident response procedures
Disaster Recovery Testing: Backup validation and failover drills
Performance Optimization: Cost and resource optimization
Security Hardening: Compliance scans and remediation
Knowledge Sharing: Team training and documentation
Final Reliability Gate: Production readiness review
phase5_operations_guide.md: Runbooks, DR Procedures, Optimization Report, Training Materials, Maintenance Schedule
Think Failure: What happens when this component fails?
Automate Everything: How can we eliminate this manual step?
Monitor Proactively: What metrics indicate problems before users notice?
Document Why: What context will someone need at 3 AM?
Never make manual production changes - Everything through code
Don't ignore security - Shift security left
Avoid single points of failure - Design for redundancy
Never skip monitoring - If it's not monitored, it's not production
Google, Site Reliability Engineering: SRE principles
Gene Kim, The Phoenix Project: DevOps transformation
Jez Humble, Continuous Delivery: Deployment practices
Terraform, Best Practices: IaC patterns
CNCF, Cloud Native Trail Map: Modern infrastructure
`;

test("the DevOps Engineering Protocol reads as in the document", () => {
  const { phases, prompts, guardrails, references = [] } = load("dop");
  const lines = phases.flatMap(({ number, title, trackerTitle, stages = [], steps, gate, output }) => [
    `${number}. ${title} / ${trackerTitle}`,
    ...stages.map(({ name, implementation, qualityGates }) => `${name}: ${implementation} | ${qualityGates}`),
    // The document words the checkpoints of its first phase; the others are ours.
    ...[...steps, ...(gate ? [gate] : [])].map((one) => {
      const named = withFields(one.title, one.activities ? [one.activities] : []);
      return number === 1 ? `${named} = ${one.checkpoint}` : named;
    }),
    ...(output
      ? [
          withFields(
            output.file,
            output.sections.map((section) => section.title),
          ),
        ]
      : []),
  ]);
  const besides = [
    ...prompts.map(({ title, question }) => `${title}: ${question}`),
    ...guardrails.map(({ rule, instead }) => `${rule} - ${instead}`),
    ...references.map(({ by, title, about }) => `${by}, ${title}: ${about}`),
  ];
  expect(`\n${[...lines, ...besides].join("\n")}\n`).toBe(engineeringProtocol);
});

test("every step of both protocols with phases says how the workspace can show it, by documents that are asked for", () => {
  const asked = new Map(
    ["dop", "master"].flatMap((id) =>
      load(id).phases.flatMap(({ output }) =>
        output ? [[output.file, output.sections.map(({ title }) => title)] as const] : [],
      ),
    ),
  );
  const named = (evidence: readonly Evidence[]): readonly Evidence[] =>
    evidence.flatMap((one) => (one.kind === "all" ? named(one.of) : [one]));
  for (const { phases, checklists } of documents.map(load)) {
    const steps = phases.flatMap((phase) => phase.steps);
    for (const step of steps) expect(step.evidence, step.title).not.toEqual([]);
    const listed = checklists.flatMap((list) => list.steps.flatMap((step) => [step, ...step.items]));
    for (const one of named([...phases, ...steps, ...listed].flatMap(({ evidence }) => evidence))) {
      if (one.kind !== "document") continue;
      expect([...asked.keys()]).toContain(one.file);
      if (one.section) expect(asked.get(one.file)).toContain(one.section);
    }
  }
});
