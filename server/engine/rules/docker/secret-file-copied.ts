// Files that are known to hold secrets, copied into an image.

import { like } from "../../image.js";
import type { Dockerfile, Instruction, Word } from "../../languages/dockerfile/model.js";
import { at, option, rule } from "../../rule.js";
import { finalImageOf } from "./_kept.js";

const files = [
  ...[".env*", "*.pem", "*.p12", "*.pfx", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "*credentials*.json"],
  ...[".npmrc", ".pypirc", ".netrc", ".git-credentials", ".pgpass", "kubeconfig"],
  ...[".aws/", ".ssh/", ".kube/", ".gnupg/"],
];

const harmless = [
  ...["*example*", "*sample*", "*template*", "*.dist", "*.defaults", "*.pub", "*public*", "*pub.pem"],
  ...["ca.pem", "*-ca.pem", "*_ca.pem", "*ca-*.pem", "*cert*.pem", "*crt*.pem", "*chain*.pem", "*bundle*.pem"],
  ...["known_hosts", "authorized_keys"],
];

export default rule({
  on: "dockerfile",
  title: "Leave files with secrets out of images",
  why: "A file that is copied into an image stays in its layer, also when a later RUN deletes it: whoever can pull the image has it. A secret mount shows the file to one RUN and keeps nothing; at run time the platform mounts it.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Container Best Practices",
  alsoKnownAs: ["trivy DS-0031", "sonar S6470"],
  options: {
    files: option.strings(
      files,
      'Names of files with secrets; * stands for any characters, a "/" at the end for a folder',
    ),
    harmless: option.strings(harmless, "Names among them that hold no secrets"),
  },

  *check(file, { files, harmless }) {
    const isInFinalImage = finalImageOf(file);
    for (const instruction of file.instructions)
      for (const { word, path } of sourcesOf(file, instruction)) {
        if (!isSecretFile(path, files, harmless)) continue;
        if (isInFinalImage(instruction) || instruction.onbuild)
          yield at(word, `${instruction.name} stores "${path}" in the image`);
        else yield at(word, `${instruction.name} leaves "${path}" in the build cache`, "information");
      }
  },
});

/** What COPY and ADD take from the build's folder or from another stage; addresses and heredocs are no files. */
function sourcesOf(
  file: Dockerfile,
  instruction: Instruction,
): readonly { readonly word: Word; readonly path: string }[] {
  if (instruction.name !== "COPY" && instruction.name !== "ADD") return [];
  return instruction.words.slice(0, -1).flatMap((word) => {
    const { text, known } = file.expand(instruction.exec ? word.value : word.text, instruction);
    return known && !/^<<|:\/\/|^git@/.test(text) ? [{ word, path: text }] : [];
  });
}

/** A path of a file that is known to hold secrets, by its own name or that of a folder above it. */
function isSecretFile(path: string, files: readonly string[], harmless: readonly string[]): boolean {
  const parts = path.toLowerCase().split(/[/\\]/);
  const name = parts.findLast((part) => part !== "" && part !== ".") ?? "";
  const isFile = (pattern: string): boolean =>
    pattern.endsWith("/") ? parts.includes(pattern.slice(0, -1)) : like(name, pattern);
  return files.some(isFile) && !harmless.some((pattern) => like(name, pattern));
}
