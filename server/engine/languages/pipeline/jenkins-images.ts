// What a Jenkinsfile takes from elsewhere: images of containers, and shared libraries.

import { argumentOf, type Groovy, nameOf, type Statement, toText } from "./jenkins-read.js";
import type { ImageUse, Use } from "./model.js";

/** How deep blocks are looked into. */
const maximumDepth = 40;

/** Images of `agent { docker … }` and of `docker.image('…').inside`. */
export function imagesIn(statements: readonly Statement[], depth: number, within = ""): readonly ImageUse[] {
  if (depth > maximumDepth) return [];
  return statements.flatMap((statement): readonly ImageUse[] => {
    const name = nameOf(statement);
    const inner = statement.blocks.flatMap((block) => imagesIn(block.statements, depth + 1, name));
    const words = statement.tokens.map(({ text }) => text);
    const runs = words.some((word) => /^(?:inside|withRun|run)$/.test(word));
    const at = words.findIndex((word, i) => word === "docker" && words[i + 1] === "." && words[i + 2] === "image");
    const called = runs && at >= 0 ? statement.tokens[at + 4] : undefined;
    const declared =
      (name === "docker" && within === "agent") || (name === "image" && within === "docker")
        ? (argumentOf(statement, "image") ?? statement.tokens[1])
        : undefined;
    const image = called ?? declared;
    if (image?.kind !== "string") return inner;
    return [{ ...toText(image), kind: called && !words.includes("inside") ? "service" : "job" }, ...inner];
  });
}

/** `@Library('name@version')`; without a version the settings of Jenkins decide which one is taken. */
export const librariesIn = ({ statements }: Groovy): readonly Use[] =>
  statements.flatMap(({ tokens }) =>
    tokens.some(({ text }) => /^@?Library$/.test(text))
      ? tokens.flatMap(({ kind, text, span }): readonly Use[] => {
          const at = kind === "string" ? text.indexOf("@") : -1;
          if (at < 1) return [];
          const ref = { text: text.slice(at + 1), span: { start: span.start + at + 1, end: span.end } };
          return [{ kind: "include", name: text.slice(0, at), span, ref }];
        })
      : [],
  );
