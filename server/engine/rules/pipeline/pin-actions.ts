// Code of others in a pipeline that changes without a change in the pipeline: on a branch or, in option, behind a tag.

import { like } from "../../image.js";
import type { Dialect, Use } from "../../languages/pipeline/model.js";
import { at, option, rule } from "../../rule.js";

export default rule({
  on: "pipeline",
  title: "Pin actions and included files of others",
  why: "An action on a branch runs whatever was pushed there last, with the secrets and the token of the job. A tag can be moved to other code as well; only the hash of a commit cannot.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Principles",
  alsoKnownAs: [
    "zizmor unpinned-uses",
    "kics 555ab8f9",
    "checkov CKV_CIRCLECIPIPELINES_3",
    "checkov CKV_CIRCLECIPIPELINES_4",
  ],
  options: {
    tags: option.boolean(
      false,
      "Tags are findings as well, as information: only the hash of a commit counts as pinned",
      true,
    ),
    trusted: option.strings(
      ["actions/*", "github/*"],
      "Owners or names whose state is taken as it comes; * stands for any characters",
      [],
    ),
  },

  *check({ uses = [], dialect }, { tags, trusted }) {
    for (const use of uses) {
      const { name, ref, span } = use;
      if (!ref && use.kind !== "include") {
        yield at(span, `"${name}" names no ref, and GitHub takes none without`);
        continue;
      }
      if (trusted.some((pattern) => like(name.toLowerCase(), pattern.toLowerCase()))) continue;
      const state = dialect === "circleci" ? stateOfOrb(use) : stateOf(use);
      if (!ref) yield at(span, `"${name}" is included without a ref, so it follows the main branch`);
      else if (state === "branch")
        yield at(ref.span, `"${name}" follows "${ref.text}", which moves with every change there`);
      else if (state === "part")
        yield at(ref.span, `"${name}" is at "${ref.text}": a part of a hash is taken for a branch or a tag`);
      else if (state === "tag" && tags) yield at(ref.span, movingTag(name, ref.text, dialect), "information");
    }
  },
});

type State = "hash" | "tag" | "branch" | "part" | "unknown";

/** What a ref is. A name without a version in it is a branch, or a tag that is moved like one: "main", "stable". */
function stateOf({ ref, kind }: Use): State {
  if (!ref) return "branch";
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref.text)) return "hash";
  if (ref.text.includes("$")) return "unknown";
  if (/^[0-9a-f]{7,39}$/i.test(ref.text) && /[a-f]/i.test(ref.text) && /\d/.test(ref.text))
    return kind === "include" ? "unknown" : "part";
  if (/^(?:refs\/heads|heads|release|releases|branch)\//.test(ref.text)) return "branch";
  if (ref.text.startsWith("refs/tags/")) return "tag";
  return /(?:^|[-_@/.a-z])v?\d+(?:\.\d+)*/i.test(ref.text) ? "tag" : "branch";
}

/** A version of an orb stays what it is once it is published; a part of one stands for the newest that fits. */
function stateOfOrb({ ref }: Use): State {
  if (!ref || ref.text.includes("<<")) return "unknown";
  return /^\d+\.\d+\.\d+$/.test(ref.text) ? "hash" : /^\d/.test(ref.text) ? "tag" : "branch";
}

const movingTag = (name: string, ref: string, dialect: Dialect): string =>
  dialect === "circleci"
    ? `"${name}" follows every release of "${ref}"`
    : `"${name}" is at the tag "${ref}", which can be moved to other code`;
