// What the client shows about one file: what it is taken for, how many rules ran, and why nothing is shown.

import type { FileStatus } from "../messages.js";
import { toUri } from "./convert.js";
import type { DocumentJudgement } from "./judge.js";

export function toFileStatus(uri: string, judged: DocumentJudgement | undefined): FileStatus {
  if (!judged)
    return { uri, rules: 0, findings: 0, ignored: 0, profile: "recommended", reason: "not open in the editor" };
  const { judgement, settings } = judged;
  const reason = reasonOf(judged);
  return {
    uri,
    ...(judgement.kind !== undefined && { kind: judgement.kind }),
    rules: judgement.rules,
    findings: judgement.findings.length,
    ignored: judgement.ignored,
    ...(reason !== undefined && { reason }),
    ...(isSkipped(judged) && { skipped: true }),
    ...(settings.path !== undefined && { config: toUri(settings.path, uri) }),
    profile: settings.profile,
  };
}

/** A file that is of a kind Dakota judges and was not judged, or not by every rule. */
const isSkipped = ({ judgement: { kind, notJudged, failures }, settings }: DocumentJudgement): boolean =>
  failures.length > 0 || (kind !== undefined && notJudged !== undefined && !settings.excluded);

function reasonOf({ judgement }: DocumentJudgement): string | undefined {
  if (judgement.notJudged !== undefined) return judgement.notJudged;
  const failed = judgement.failures.map(({ rule }) => rule);
  if (failed.length > 0) return `${failed.join(", ")} failed on this file; see the log`;
  if (judgement.pending) return "rules about other files wait until the workspace has been read";
  return undefined;
}
