// Every rule against its fixture: exact places and messages, fixes that mend and leave nothing, and every prefix survived.

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { catalogue } from "../server/engine/catalogue.gen.js";
import { readConfig, settingsFor } from "../server/engine/config.js";
import { configNames } from "../server/engine/detect.js";
import type { JudgedFinding, Judgement } from "../server/engine/judgement.js";
import type { NewFile } from "../server/engine/rule.js";
import { plainSnippet } from "../server/engine/snippet.js";
import { applyEdits, type Edit, lineAt, lineStarts } from "../server/engine/text.js";
import { engineOver } from "./harness/engine.js";
import { type Expectation, type FixtureCase, readFixture } from "./harness/fixture.js";

const root = "/workspace";

for (const [id, rule] of Object.entries(catalogue)) {
  describe(id, () => {
    const file = `test/rules/${id}.md`;
    const cases = existsSync(file) ? readFixture(readFileSync(file, "utf8")) : [];
    it("has a fixture with a flagged and an accepted case", () => {
      expect(cases.some(({ expected }) => expected.length > 0)).toBe(true);
      expect(cases.some(({ expected }) => expected.length === 0)).toBe(true);
    });
    it("has a case for every option", () => {
      const set = new Set(cases.flatMap(({ options }) => Object.keys(options ? parse(options) : {})));
      expect([...set].sort()).toEqual(Object.keys(rule.options).sort());
    });
    it("shows what its fixes do", () => {
      const mends = cases.some((one) =>
        checkerFor(id, one)
          .check(one.judged.text)
          .findings.some(({ rule: from, fixes }) => from === id && fixes.length > 0),
      );
      expect(cases.some(({ fixed, created }) => fixed !== undefined || created !== undefined)).toBe(mends);
    });
    for (const one of cases) it(one.title, () => judgeCase(id, one));
  });
}

function judgeCase(id: string, one: FixtureCase): void {
  const checker = checkerFor(id, one);
  const { check } = checker;
  const judgement = check(one.judged.text);
  expect(judgement.failures).toEqual([]);
  expect(judgement.notJudged).toBeUndefined();
  const own = judgement.findings.filter(({ rule }) => rule === id);
  const told = own.map((finding) => toExpectation(id, one.judged.text, finding));
  expect(told).toEqual(one.expected);
  for (const { resolved, ...place } of one.resolved)
    expect(own.filter((_, i) => isAt(told[i], place)).map((finding) => finding.resolved)).toContain(resolved);
  for (let end = 0; end < one.judged.text.length; end++) {
    const { failures } = check(one.judged.text.slice(0, end));
    expect(failures, `the first ${end} characters`).toEqual([]);
  }
  expectFixes(id, one, own, checker);
}

const isAt = (told: Expectation | undefined, place: Pick<Expectation, "line" | "start" | "end">): boolean =>
  told !== undefined && told.line === place.line && told.start === place.start && told.end === place.end;

interface Checker {
  readonly check: (text: string) => Judgement;
  readonly create: (path: string, text: string) => void;
}

function checkerFor(id: string, one: FixtureCase): Checker {
  const rule = catalogue[id];
  if (!rule) throw new Error(`no rule ${id}`);
  const path = `${root}/${one.judged.path}`;
  const setting = { severity: rule.severity, options: one.options ? parse(one.options) : {} };
  const own = one.others.find((other) => other.path === configNames[0]);
  const signs = own && readConfig(`${root}/${own.path}`, own.text).config.signs;
  const settings = { ...settingsFor(path, undefined, { rules: { [id]: setting } }), ...(signs && { signs }) };
  const others = Object.fromEntries(one.others.map((other) => [`${root}/${other.path}`, other.text]));
  const engine = engineOver({ [id]: rule }, others);
  return {
    check(text) {
      engine.index(path, text, signs);
      return engine.check(path, text, settings);
    },
    create: (created, text) => void engine.index(created, text),
  };
}

function expectFixes(id: string, one: FixtureCase, own: readonly JudgedFinding[], { check, create }: Checker): void {
  const edits = editsOf(own);
  const files = newFilesOf(own);
  if (one.created) expect(files).toEqual([{ path: `${root}/${one.created.path}`, text: one.created.text }]);
  for (const { path, text } of files) create(path, text);
  if (edits.length === 0 && files.length === 0) {
    expect(one.fixed).toBeUndefined();
    return;
  }
  const fixed = applyEdits(one.judged.text, edits);
  if (one.fixed !== undefined) expect(fixed).toBe(one.fixed);
  const after = check(fixed);
  expect(after.failures).toEqual([]);
  expect(after.findings.filter(({ rule }) => rule === "dakota/syntax")).toEqual([]);
  const left = after.findings.filter(({ rule }) => rule === id);
  expect([...editsOf(left), ...newFilesOf(left)]).toEqual([]);
}

/** All safe fixes or, where there are none, the first suggestion of each finding. */
function editsOf(findings: readonly JudgedFinding[]): readonly Edit[] {
  const safe = findings.flatMap(({ fixes }) => fixes.filter((fix) => fix.safe).slice(0, 1));
  const chosen = safe.length > 0 ? safe : findings.flatMap(({ fixes }) => fixes.slice(0, 1));
  const once = new Map<string, Edit>();
  for (const fix of chosen)
    for (const edit of fix.edits) {
      const text = fix.snippet ? plainSnippet(edit.text) : edit.text;
      once.set(`${edit.span.start} ${edit.span.end} ${text}`, { span: edit.span, text });
    }
  return [...once.values()];
}

/** The files that those fixes create, each once. */
function newFilesOf(findings: readonly JudgedFinding[]): readonly NewFile[] {
  const files = findings.flatMap(({ fixes }) => fixes.flatMap(({ newFile }) => newFile ?? []));
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

function toExpectation(id: string, text: string, { span, message, severity }: JudgedFinding): Expectation {
  const starts = lineStarts(text);
  const line = lineAt(starts, span.start);
  const start = starts[line] ?? 0;
  const lineLength = (/^[^\r\n]*/.exec(text.slice(start))?.[0] ?? "").length;
  const end = Math.max(span.start - start + 1, Math.min(span.end - start, lineLength));
  const own = severity === catalogue[id]?.severity ? {} : { severity };
  return { line, start: span.start - start, end, message, ...own };
}
