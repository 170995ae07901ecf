// The scripts of GitLab jobs as steps and work; lines taken over from other keys of the file (`!reference`) are followed.

import { nodeAt, type YamlEntry, type YamlNode, type YamlScalar } from "../yaml/model.js";
import { referenceIn } from "./gitlab-order.js";
import type { Step, Work } from "./model.js";
import type { OwnRoles } from "./own-roles.js";
import { commandsIn, workOfCommands } from "./work.js";

export interface Script {
  readonly steps: readonly Step[];
  readonly work: readonly Work[];
}

/** How deep references may nest (GitLab's own limit), and how many are followed in a file. */
const maximumDepth = 10;
const maximumReferences = 2_000;

interface Line {
  readonly step: Step;
  readonly work: readonly Work[];
}

function toLine(text: string, line: YamlScalar, own: OwnRoles): Line {
  const step: Step = { span: line.span, commands: commandsIn(text, line) };
  return { step, work: workOfCommands(step, own) };
}

/** A reader for the scripts of a file; `entries` are its keys at the top. */
export function createScriptReader(text: string, entries: readonly YamlEntry[], own: OwnRoles) {
  const tops = new Map(entries.map(({ key, value }) => [key.text, value]));
  let left = maximumReferences;
  const lines = new Map<YamlScalar, Line>(); // aliases and references bring the same line into many jobs

  const targetOf = ([top = "", ...path]: readonly string[]): YamlNode | undefined => nodeAt(tops.get(top), ...path);

  const read = (part: YamlNode, depth: number, steps: Step[], work: Work[]): void => {
    if (part.type === "scalar") {
      const line = lines.get(part) ?? toLine(text, part, own);
      lines.set(part, line);
      steps.push(line.step);
      work.push(...line.work);
    } else if (part.type === "list") {
      const path = referenceIn(text, part);
      const target = path && depth < maximumDepth && left-- > 0 ? targetOf(path) : undefined;
      if (target) read(target, depth + 1, steps, work);
      else if (path) work.push({ role: "followed", text: path.join(", "), reference: path, span: part.span });
      else for (const item of part.items) read(item, depth, steps, work);
    }
  };

  /** The script under a key of a job or of the file; undefined where there is none. */
  return (job: YamlNode | undefined, key: string): Script | undefined => {
    const node = nodeAt(job, key);
    if (!node) return undefined;
    const steps: Step[] = [];
    const work: Work[] = [];
    read(node, 0, steps, work);
    return { steps, work };
  };
}

export type ScriptReader = ReturnType<typeof createScriptReader>;
