// What a Jenkinsfile takes from elsewhere: images of containers, and shared libraries.

import { argumentOf, type Groovy, nameOf, type Statement, stringOf, type Token, toText } from "./jenkins-read.js";
import type { ImageUse, Use } from "./model.js";

/** How deep blocks are looked into. */
const maximumDepth = 40;

/** Images of `agent { docker … }`, of `docker.image('…').inside`, and of the pods of the Kubernetes plugin. */
export function imagesIn(
  statements: readonly Statement[],
  depth: number,
  within = "",
  running: ReadonlySet<string> = new Set(runningIn(statements, 0)),
): readonly ImageUse[] {
  if (depth > maximumDepth) return [];
  return statements.flatMap((statement): readonly ImageUse[] => {
    const name = nameOf(statement);
    const blocks = statement.blocks.flatMap((block) => imagesIn(block.statements, depth + 1, name, running));
    const inner = [...podImages(statement), ...blocks];
    const words = statement.tokens.map(({ text }) => text);
    const at = words.findIndex((word, i) => word === "docker" && words[i + 1] === "." && words[i + 2] === "image");
    const kept = at > 1 && words[at - 1] === "=" ? words[at - 2] : undefined;
    const runs = words.some((word) => runsImage.test(word)) || (kept !== undefined && running.has(kept));
    const called = runs && at >= 0 ? statement.tokens[at + 4] : undefined;
    const declared =
      (name === "docker" && within === "agent") || (name === "image" && within === "docker")
        ? (argumentOf(statement, "image") ?? statement.tokens[1])
        : undefined;
    const image = called ?? declared;
    if (image?.kind !== "string") return inner;
    return [
      { ...toText(image), kind: called && kept === undefined && !words.includes("inside") ? "service" : "job" },
      ...inner,
    ];
  });
}

const runsImage = /^(?:inside|withRun|run)$/;

/** Names of variables whose image runs something: `tools` of `tools.inside { … }`. */
const runningIn = (statements: readonly Statement[], depth: number): readonly string[] =>
  statements.flatMap(({ tokens: [name, dot, method], blocks }) => [
    ...(name && dot?.text === "." && runsImage.test(method?.text ?? "") ? [name.text] : []),
    ...(depth < maximumDepth ? blocks.flatMap((block) => runningIn(block.statements, depth + 1)) : []),
  ]);

/** `containerTemplate(image: …)`, and the images of a pod that is written out as YAML. */
const podImages = ({ tokens }: Statement): readonly ImageUse[] =>
  tokens.flatMap((token, i): readonly ImageUse[] => {
    if (token.text === "containerTemplate") {
      const at = tokens.findIndex((other, k) => k > i && other.text === "image" && tokens[k + 1]?.text === ":");
      const image = tokens[at + 2];
      return at > 0 && image?.kind === "string" ? [{ ...toText(image), kind: "job" }] : [];
    }
    if (token.kind !== "string" || !/^[ \t]*containers:/m.test(token.text)) return [];
    return [...token.text.matchAll(/^([ \t-]*image:[ \t]*["']?)([^\s"'#]+)/gm)].map(
      ([, before = "", text = ""], k, all) => {
        const start = token.span.start + (all[k]?.index ?? 0) + before.length;
        return { text, span: { start, end: start + text.length }, kind: "job" };
      },
    );
  });

/**
 * `@Library('name@version')` and the step `library 'name@version'`; without a version the settings of Jenkins decide
 * which one is taken.
 */
export const librariesIn = ({ statements }: Pick<Groovy, "statements">, depth = 0): readonly Use[] =>
  statements.flatMap((statement): readonly Use[] => {
    const { tokens, blocks } = statement;
    const inner =
      depth < maximumDepth ? blocks.flatMap((block) => librariesIn({ statements: block.statements }, depth + 1)) : [];
    const step =
      nameOf(statement) === "library" ? (argumentOf(statement, "identifier") ?? stringOf(statement)) : undefined;
    if (step) return [...toUse(step), ...inner];
    return [...(tokens.some(({ text }) => /^@?Library$/.test(text)) ? tokens.flatMap(toUse) : []), ...inner];
  });

function toUse({ kind, text, span }: Token): readonly Use[] {
  const at = kind === "string" ? text.indexOf("@") : -1;
  if (at < 1) return [];
  const ref = { text: text.slice(at + 1), span: { start: span.start + at + 1, end: span.end } };
  return [{ kind: "include", name: text.slice(0, at), span, ref }];
}
