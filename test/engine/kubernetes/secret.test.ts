// What fixtures cannot show of Secrets: base64 at its edges, and the time that large texts take.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a variable of a file that is judged

import { describe, expect, it } from "vitest";
import { decodeBase64, textOfBytes } from "../../../server/engine/languages/kubernetes/secret.js";
import { judgeOf, leaksIn } from "../../../server/engine/rules/k8s/_secret-words.js";
import { secretWords } from "../../../server/engine/secret-names.js";

const decoded = (text: string): string | undefined => {
  const bytes = decodeBase64(text);
  return bytes && textOfBytes(bytes);
};

describe("base64", () => {
  it.each([
    ["", ""],
    ["YQ==", "a"],
    ["YWI=", "ab"],
    ["YWJj", "abc"],
    ["w7xiZXI=", "über"],
    ["8J+UkQ==", "🔑"],
    ["YWJj\n  ZGVm\n", "abcdef"],
  ])("%j is %j", (text, value) => expect(decoded(text)).toBe(value));

  it.each(["abc", "YQ=", "Y=Q=", "hunter2!", "${PASSWORD}", "ab cd e"])("%j is none", (text) =>
    expect(decodeBase64(text)).toBeUndefined(),
  );

  it("tells bytes from text", () => {
    expect(decodeBase64("AAEC/w==")).toEqual([0, 1, 2, 255]);
    expect(decoded("AAEC/w==")).toBeUndefined();
    expect(decoded("/////w==")).toBeUndefined();
  });
});

describe("secrets in a text", () => {
  const judge = judgeOf({
    words: secretWords.secret,
    lastWords: secretWords.secretLast,
    harmlessWords: secretWords.harmless,
    harmlessEndings: secretWords.harmlessBehind,
    names: [],
  });

  it("are found at their places", () => {
    const text = 'a: 1\n  db_password = "tr0ub4dor&3" # here\n{"apiToken": "4f8a-91c2"}\n';
    expect(leaksIn(text, judge).map(({ what, start, end }) => [what, text.slice(start, end)])).toEqual([
      ['the value of "db_password"', "tr0ub4dor&3"],
      ['the value of "apiToken"', "4f8a-91c2"],
    ]);
  });

  it("are none in comments, code and descriptions", () => {
    const text =
      "# password=tr0ub4dor&3\npassword = getpass()\npassword: string\ntoken=$TOKEN\nsecret: {}\npassword:\n";
    expect(leaksIn(text, judge)).toEqual([]);
  });

  it("take linear time", () => {
    for (const piece of ["password", "password=", " ", "-", '"password": "', "password: a ", "a=b;", "\t="]) {
      const start = performance.now();
      leaksIn(piece.repeat(50_000), judge);
      leaksIn(`${piece.repeat(200)}\n`.repeat(200), judge);
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });
});
