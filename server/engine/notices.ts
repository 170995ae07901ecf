// What Dakota itself has to say about a file, beside the rules: its own comments, its configuration, texts it cannot read.
// A notice has an id, a page and a severity that can be set, like a rule; it has no check of its own.

import type { Severity } from "./rule.js";

export interface Notice {
  readonly title: string;
  readonly why: string;
  readonly severity: Severity;
}

export const notices = {
  "dakota/config": {
    title: "Mend the configuration",
    why: "This part of `.dakota.yaml` is not understood, so it has no effect. Everything else in the file holds.",
    severity: "error",
  },
  "dakota/ignore-expired": {
    title: "Renew or remove an expired ignore",
    why: "The date after `until=` has passed, so the comment no longer holds anything back. Either the finding is mended by now and the comment can go, or the exception needs a new date and a reason that still holds.",
    severity: "warning",
  },
  "dakota/ignore-reason": {
    title: "Give the reason for an ignore",
    why: "An exception without a reason cannot be reviewed, and nobody will dare to remove it later. The comment holds nothing back until a reason follows after `--`.",
    severity: "warning",
  },
  "dakota/ignore-unknown": {
    title: "Name a rule that exists",
    why: "No rule has this id, so the comment holds nothing back. It is probably a slip of the pen or a rule that was renamed.",
    severity: "warning",
  },
  "dakota/ignore-unused": {
    title: "Remove an ignore that is not needed",
    why: "The rule finds nothing where this comment speaks, so the comment only hides what may come later.",
    severity: "warning",
  },
  "dakota/protocol": {
    title: "Mend the protocol",
    why: "This part of a team's own protocol in `.dakota/protocols` is not understood, so the step, phase or list it is in is left out. Everything else in the file holds.",
    severity: "error",
  },
  "dakota/syntax": {
    title: "Mend text that cannot be read",
    why: "This part of the file cannot be read, so it is not judged; the rest is. Nothing here means that the part is clean.",
    severity: "warning",
  },
} as const satisfies Readonly<Record<string, Notice>>;

export type NoticeId = keyof typeof notices;
