// Ports that an image offers for managing it: shells, desktops, the API of a Docker daemon.

import type { Dockerfile, Instruction, Word } from "../../languages/dockerfile/model.js";
import { machinePorts, serviceAt } from "../../ports.js";
import { at, type Fix, option, remove, rule, type Span, suggest } from "../../rule.js";
import { finalImageOf } from "./_kept.js";

export default rule({
  on: "dockerfile",
  title: "Expose no management ports",
  why: "A container is replaced, not logged into: a shell or a desktop that listens in it is one more door with its own passwords, and the API of a Docker daemon is root on its host. What the platform offers (exec, logs) needs no port.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Infrastructure Security",
  alsoKnownAs: ["checkov CKV_DOCKER_1", "trivy DS-0004", "sonar S6473"],
  options: { ports: option.strings(machinePorts, "Numbers of the ports for management") },

  *check(file, { ports }) {
    const isInFinalImage = finalImageOf(file);
    for (const instruction of file.instructions) {
      if (instruction.name !== "EXPOSE" || !(isInFinalImage(instruction) || instruction.onbuild)) continue;
      const found = instruction.words.flatMap((word) => {
        const port = managementPort(file.expand(word.text, instruction).text, ports);
        return port === undefined ? [] : [{ word, port }];
      });
      for (const { word, port } of found) {
        const service = serviceAt(port);
        const what = service === undefined ? "is for management" : `is ${service}`;
        const within = word.value.startsWith(port) && !word.value.includes("-") ? "" : ` (in "${word.value}")`;
        yield at(word, `port ${port}${within} ${what}`, ...removal(file, instruction, word, found.length));
      }
    }
  },
});

/** The first of `ports` that `22`, `22/tcp` or `20-25` takes in; other protocols are other services. */
function managementPort(exposed: string, ports: readonly string[]): string | undefined {
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/tcp)?$/i.exec(exposed) ?? [];
  return ports.find((port) => first !== undefined && Number(first) <= Number(port) && Number(port) <= Number(last));
}

/** Takes the port out, or the whole instruction where it exposes nothing else. */
function removal(
  { text }: Dockerfile,
  { words, span, onbuild }: Instruction,
  word: Word,
  flagged: number,
): readonly Fix[] {
  if (flagged === words.length) return onbuild ? [] : [suggest("Remove this EXPOSE", remove(withLineEnd(text, span)))];
  const index = words.indexOf(word);
  const [before, after] = [words[index - 1], words[index + 1]];
  const gap = before
    ? { start: before.span.end, end: word.span.end }
    : { start: word.span.start, end: after?.span.start ?? word.span.end };
  // Comments between continued lines would go with it.
  const rest = text.slice(gap.start, gap.end).replace(text.slice(word.span.start, word.span.end), "");
  return /^[\s\\`]*$/.test(rest) ? [suggest(`Remove "${word.value}"`, remove(gap))] : [];
}

function withLineEnd(text: string, { start, end }: Span): Span {
  const lineEnd = /[ \t]*\r?\n/y;
  lineEnd.lastIndex = end;
  return { start, end: lineEnd.test(text) ? lineEnd.lastIndex : end };
}
