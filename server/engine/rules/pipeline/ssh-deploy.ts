// Deployments to production by commands on the servers themselves.

import { flowOf } from "../../languages/pipeline/flow.js";
import { deploysIn } from "../../languages/pipeline/order.js";
import { at, option, rule } from "../../rule.js";

export default rule({
  on: "pipeline",
  title: "Deploy to production without SSH",
  why: "Commands over SSH change a server that nobody can build again: what ran, in which order and how far, is known to that server alone. An artifact that a platform rolls out can be repeated, reviewed and taken back, and needs no key that opens the machine.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Role Definition, Anti-Patterns to Avoid",
  options: {
    tiers: option.strings(
      ["production"],
      "Kinds of environments that are judged: production, staging, development, review",
    ),
  },

  *check(pipeline, { tiers }, workspace) {
    const flow = flowOf(pipeline, workspace);
    for (const { node, deployment, evidence } of flow ? deploysIn(flow) : []) {
      if (!tiers.includes(deployment?.tier ?? "")) continue;
      const sign = evidence.find(({ role, by, text }) => role === "deploy" && isRemote(by, text));
      if (sign)
        yield at(sign.span ?? node.span, `"${node.id}" deploys to ${deployment?.tier} over SSH ("${sign.text}")`);
    }
  },
});

/** `rsync` and `lftp` also copy within a machine, or by other ways: they need a host. */
const isRemote = (by: string, text: string): boolean =>
  by === "command"
    ? /^(?:ssh|scp|sshpass|sftp)\b/.test(text) ||
      /^rsync\b.*(?:[\w.}-]+@?[\w.${}-]*:[~/\w$]|\s-e\s+['"]?ssh)/.test(text)
    : by === "action" &&
      /(?:^|[/_-])(?:ssh|scp|sftp|rsync)(?:[@/_-]|$)|^(?:\w+\.)*copyfilesoverssh@|^ssh(?:publisher|command|script|put)$/i.test(
        text,
      );
