// Secrets that give themselves away by their shape, wherever a build or a service is handed them.

import { like } from "../../image.js";
import type { ComposeFile } from "../../languages/compose/model.js";
import type { Dockerfile } from "../../languages/dockerfile/model.js";
import { at, option, rule, type Span } from "../../rule.js";
import { type SecretValue, secretValuesIn } from "../../secrets.js";
import { overlaps } from "../../text.js";
import { finalImageOf, keptWhere } from "./_kept.js";

export default rule({
  on: ["dockerfile", "compose"],
  title: "Keep tokens and keys out of Dockerfiles",
  why: "A token in a Dockerfile is in the repository, in the cache of every builder and in the history of the image: a later layer that deletes it takes nothing back. It counts as published and has to be replaced; a secret mount or the platform hands in the next one.",
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Container Best Practices",
  alsoKnownAs: ["checkov CKV_SECRET_2", "checkov CKV_SECRET_13", "kics passwords_and_secrets"],
  options: { allowed: option.strings([], "Values that are no secrets; * stands for any characters") },

  *check(file, { allowed }) {
    for (const { what, span } of valuesIn(file)) {
      const value = file.text.slice(span.start, span.end);
      if (allowed.some((pattern) => like(value, pattern))) continue;
      yield at(span, `${what} in plain text: ${"services" in file ? "it stands in the file" : placeOf(file, span)}`);
    }
  },
});

/** What stands outside comments, each place once: a token may also be the password of a URL. */
function valuesIn({ text, comments }: Dockerfile | ComposeFile): readonly SecretValue[] {
  const found: SecretValue[] = [];
  for (const value of secretValuesIn(text)) {
    const before = found.at(-1);
    const repeated = before !== undefined && overlaps(before.span, value.span);
    if (!repeated && !comments.some((comment) => overlaps(comment.span, value.span))) found.push(value);
  }
  return found;
}

function placeOf(file: Dockerfile, { start }: Span): string {
  const instruction = file.instructions.find(({ span }) => span.start <= start && start < span.end);
  return instruction ? keptWhere(instruction, finalImageOf(file)(instruction)) : "it stands in the file";
}
