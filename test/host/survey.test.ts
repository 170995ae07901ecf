// The survey of a workspace: everything judged once, and again only when it may differ.

import { describe, expect, it } from "vitest";
import { createSurvey } from "../../server/host/survey.js";

const judgement = (messages: readonly string[]) => ({
  findings: messages.map((message, i) => ({
    rule: "g/r",
    severity: "warning" as const,
    message,
    fixes: [],
    span: { start: i * 2, end: i * 2 + 1 },
  })),
  rules: 1,
  ignored: 0,
  pending: false,
  failures: [],
});

function workspace(files: Record<string, string>) {
  const judged: string[] = [];
  const survey = createSurvey({
    async judge(path) {
      judged.push(path);
      const text = files[path];
      return text === undefined ? undefined : { text, judgement: judgement(text.split("\n")) };
    },
    pause: () => Promise.resolve(),
  });
  return { survey, judged };
}

describe("a survey", () => {
  it("says nothing before every file has been judged", async () => {
    const { survey } = workspace({ "/b": "x", "/a": "y\nz" });
    survey.touch(["/b", "/a"]);
    expect(survey.findings()).toBeUndefined();
    expect(await survey.run()).toBe(true);
    expect(survey.findings()?.map(({ path, line, message }) => [path, line, message])).toEqual([
      ["/a", 0, "y"],
      ["/a", 1, "z"],
      ["/b", 0, "x"],
    ]);
  });

  it("judges again what is touched and nothing else, and tells whether it makes a difference", async () => {
    const files: Record<string, string> = { "/a": "x", "/b": "y" };
    const { survey, judged } = workspace(files);
    survey.touch(["/a", "/b"]);
    await survey.run();
    judged.length = 0;
    survey.touch(["/a"]);
    expect(await survey.run()).toBe(false);
    files["/a"] = "new";
    survey.touch(["/a"]);
    expect(await survey.run()).toBe(true);
    expect(judged).toEqual(["/a", "/a"]);
    expect(survey.findings()?.map(({ message }) => message)).toEqual(["new", "y"]);
  });

  it("forgets the findings of a file that has gone", async () => {
    const files: Record<string, string> = { "/a": "x" };
    const { survey } = workspace(files);
    survey.touch(["/a"]);
    await survey.run();
    delete files["/a"];
    survey.touch(["/a"]);
    await survey.run();
    expect(survey.findings()).toEqual([]);
  });

  it("takes up in the same run what is touched during it", async () => {
    const { survey, judged } = workspace({ "/a": "x", "/b": "y" });
    survey.touch(["/a"]);
    const running = survey.run();
    survey.touch(["/b"]);
    expect(survey.run()).toBe(running);
    await running;
    expect(judged).toEqual(["/a", "/b"]);
  });
});
