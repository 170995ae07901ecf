// What a Jenkinsfile hands to its stages: environments, stored credentials, parameters with their defaults, arguments of
// steps, variables of the script, and limits of time.
// Source: Jenkins documentation, "Pipeline Syntax" and "Credentials Binding Plugin".

import { argumentOf, nameOf, type Statement, stringOf, type Token, toText } from "./jenkins-read.js";
import type { Limit, Setting } from "./model.js";

/** How deep blocks are looked into. */
const maximumDepth = 40;

/** Every value that stands under a name, in the order of the file. */
export const jenkinsSettings = (statements: readonly Statement[]): readonly Setting[] =>
  settingsIn(statements, { block: "", path: [], depth: 0 });

interface Way {
  /** The name of the block round the statements. */
  readonly block: string;
  /** Names of the stages round them. */
  readonly path: readonly string[];
  readonly depth: number;
}

const settingsIn = (statements: readonly Statement[], way: Way): readonly Setting[] =>
  statements.flatMap((statement) => {
    const name = nameOf(statement);
    const path = name === "stage" ? [...way.path, stringOf(statement)?.text ?? "stage"] : way.path;
    const inner: Way = { block: name === "" ? way.block : name, path, depth: way.depth + 1 };
    const below =
      way.depth < maximumDepth ? statement.blocks.flatMap((block) => settingsIn(block.statements, inner)) : [];
    return [...settingsOf(statement, name, way), ...below];
  });

/** The form in which Jenkins makes up ids of stored credentials. */
const credentialsId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function settingsOf(statement: Statement, name: string, { block, path }: Way): readonly Setting[] {
  const rest = path.length > 0 ? { job: path.join(" / ") } : {};
  if (name === "withCredentials") return bindingsOf(statement).map((one) => ({ ...one, within: statement.span }));
  if (name === "withEnv") return statement.tokens.flatMap(pairIn).map((one) => ({ ...one, ...rest }));
  if (block === "parameters") return parameterOf(statement);
  const assigned = assignmentOf(statement, block === "environment");
  return (assigned ? [assigned] : argumentsOf(statement))
    .filter(({ value }) => !credentialsId.test(value.text))
    .map((one) => ({ ...one, ...rest }));
}

/** `'NAME=value'` of `withEnv`. */
function pairIn({ kind, text, span }: Token): readonly Setting[] {
  const [whole, name] = kind === "string" ? (/^([A-Za-z_]\w*)=/.exec(text) ?? []) : [];
  if (whole === undefined || name === undefined) return [];
  const value = { text: text.slice(whole.length), span: { start: span.start + whole.length, end: span.end } };
  return [{ name, value, kind: "variable" }];
}

/** A build parameter with the value that it has unless somebody gives another. */
function parameterOf(statement: Statement): readonly Setting[] {
  const name = argumentOf(statement, "name");
  const value = argumentOf(statement, "defaultValue");
  if (name?.kind !== "string" || value?.kind !== "string") return [];
  const title = nameOf(statement) === "password" ? `password ${name.text}` : name.text;
  return [{ name: title, value: toText(value), kind: "input" }];
}

/** `NAME = 'value'`, `def name = 'value'`, `env.NAME = 'value'`; `credentials('id')` takes a stored one. */
function assignmentOf({ tokens }: Statement, inEnvironment: boolean): Setting | undefined {
  const at = tokens.findIndex(({ text, kind }) => kind === "sign" && text === "=");
  const [target, value, , id] = [tokens[at - 1], tokens[at + 1], tokens[at + 2], tokens[at + 3]];
  if (at < 1 || at > 3 || target?.kind !== "word" || !value) return undefined;
  if (inEnvironment && value.text === "credentials" && id?.kind === "string")
    return { name: target.text, value: toText(id), kind: "variable", stored: true };
  // What an operator adds behind it is unknown.
  const alone = value.kind === "string" && tokens.length === at + 2;
  if (!alone) return undefined;
  return { name: target.text, value: toText(value), kind: "variable", ...(inEnvironment && { replaceable: true }) };
}

/** Arguments that name the variable which a plugin puts a secret in, not the secret. */
const namesVariable = /variable$/i;

/** Named arguments of a step: `password: 'x'`. */
const argumentsOf = ({ tokens }: Statement): readonly Setting[] =>
  tokens.flatMap((token, i) => {
    const value = tokens[i + 2];
    const named = token.kind === "word" && tokens[i + 1]?.text === ":" && value?.kind === "string";
    const ends = /^[,)\]]$/.test(tokens[i + 3]?.text ?? ")");
    return named && ends && !namesVariable.test(token.text)
      ? [{ name: token.text, value: toText(value), kind: "input" as const }]
      : [];
  });

/** Bindings whose variable holds the path of a file that holds the secret. */
const fileBindings: ReadonlySet<string> = new Set(["file", "zip", "certificate", "dockerCert", "sshUserPrivateKey"]);

/** The variables that `withCredentials` puts secrets in. */
function bindingsOf({ tokens }: Statement): readonly Setting[] {
  let binding = "";
  return tokens.flatMap((token, i): readonly Setting[] => {
    const [next, value] = [tokens[i + 1], tokens[i + 2]];
    if (token.kind === "word" && next?.text === "(") binding = token.text;
    const isSecret = /^(?:variable|passwordVariable|secretKeyVariable|passphraseVariable|tokenVariable)$/.test(
      token.text,
    );
    if (!isSecret || next?.text !== ":" || value?.kind !== "string") return [];
    if (token.text === "variable" && fileBindings.has(binding)) return [];
    return [{ name: value.text, value: toText(value), kind: "variable", stored: true }];
  });
}

const minutesOf: Readonly<Record<string, number>> = {
  NANOSECONDS: 1 / 60e9,
  MICROSECONDS: 1 / 60e6,
  MILLISECONDS: 1 / 60e3,
  SECONDS: 1 / 60,
  MINUTES: 1,
  HOURS: 60,
  DAYS: 1440,
};

/** `timeout(time: 1, unit: 'HOURS')` or `timeout(30)`; a value that is not written out is unknown. */
export function limitOf(statement: Statement): Limit | undefined {
  if (nameOf(statement) !== "timeout") return undefined;
  const { tokens } = statement;
  const time = argumentOf(statement, "time") ?? tokens[1 + (tokens[1]?.text === "(" ? 1 : 0)];
  const unit = argumentOf(statement, "unit");
  const factor = unit === undefined ? 1 : minutesOf[unit.kind === "string" ? unit.text : ""];
  const minutes = Number(time?.text) * (factor ?? Number.NaN);
  const [first, last] = [tokens[0], tokens.at(-1)];
  const span = { start: first?.span.start ?? statement.span.start, end: last?.span.end ?? statement.span.end };
  return { span, ...(Number.isFinite(minutes) && { minutes }) };
}

/** The limit in the `options` of a pipeline or a stage. */
export const limitAmong = (body: readonly Statement[]): Limit | undefined =>
  body
    .filter((one) => nameOf(one) === "options")
    .flatMap(({ blocks }) => blocks.flatMap((block) => block.statements))
    .flatMap((one) => limitOf(one) ?? [])[0];

/** Whether any of the steps, however deep, has a limit of its own. */
export const limitsSteps = (statements: readonly Statement[], depth = 0): boolean =>
  statements.some(
    (one) =>
      nameOf(one) === "timeout" ||
      (depth < maximumDepth && one.blocks.some((block) => limitsSteps(block.statements, depth + 1))),
  );
