// Shell text: where commands start, what their words are, what is fed to them, and bad input.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the files that are judged

import { describe, expect, it } from "vitest";
import { parseDockerfile } from "../../../server/engine/languages/dockerfile/parse.js";
import { commandsOf } from "../../../server/engine/languages/dockerfile/shell.js";

function commands(...lines: readonly string[]) {
  const file = parseDockerfile("/w/Dockerfile", ["FROM a", ...lines].join("\n"));
  const instruction = file.instructions[1];
  if (!instruction) throw new Error("no instruction");
  return commandsOf(file, instruction).map((command) => ({
    ...command,
    text: command.words.map(({ value }) => value).join(" "),
    places: [...command.prefix, ...command.words].map(({ span }) => file.text.slice(span.start, span.end)),
  }));
}

const texts = (...lines: readonly string[]) => commands(...lines).map(({ text }) => text);

describe("commands", () => {
  it("end at every operator and know what is piped into them", () => {
    const found = commands("RUN a 1 && b 2 || c;(d) & e | f |& g");
    expect(found.map(({ text, input }) => (input ? `${input.program} > ${text}` : text))).toEqual([
      "a 1",
      "b 2",
      "c",
      "d",
      "e",
      "e > f",
      "f > g",
    ]);
  });

  it("have words without quotes, each at its place", () => {
    const [command] = commands(`RUN run "a b" 'c $d' e\\ f g"h"'i' "$j" --k="l m"`);
    expect(command?.words.map(({ value }) => value)).toEqual(["run", "a b", "c $d", "e f", "ghi", "$j", "--k=l m"]);
    expect(command?.places).toEqual(["run", '"a b"', "'c $d'", "e\\ f", `g"h"'i'`, '"$j"', '--k="l m"']);
    expect(command?.words.map(({ literal }) => literal)).toEqual([true, true, true, true, true, false, true]);
  });

  it("leave out redirections, comments and the bodies of heredocs", () => {
    expect(texts("RUN a >/dev/null 2>&1 b < in &> out # c d")).toEqual(["a b"]);
    expect(texts("RUN <<X", "a <<'Y' b", "not a command", "Y", "c", "X")).toEqual(["a b", "c"]);
  });

  it("go on over continued lines, in RUN and in a script", () => {
    expect(texts("RUN a \\", "  # word", "  b && \\", "  c\\", "d")).toEqual(["a b", "cd"]);
    expect(texts("RUN <<X", "a \\", "  b", "c", "X")).toEqual(["a b", "c"]);
    expect(commands("RUN a \\", "  bc").flatMap(({ places }) => places)).toEqual(["a", "bc"]);
  });

  it("come with what stands before the program", () => {
    const [command] = commands("RUN if A=1 sudo -u app -- env -i B=2 /usr/bin/run.exe x; then y; fi");
    expect(command?.program).toBe("run");
    expect(command?.prefix.map(({ value }) => value)).toEqual([
      "if",
      "A=1",
      "sudo",
      "-u",
      "app",
      "--",
      "env",
      "-i",
      "B=2",
    ]);
  });

  it("are found in substitutions, in shells and in JSON", () => {
    expect(texts('RUN a "$(b | c)" `d`')).toEqual(["b", "c", "d", "a $(b | c) `d`"]);
    expect(texts("RUN bash -ec 'a; b \"c d\"'")).toEqual(['bash -ec a; b "c d"', "a", "b c d"]);
    expect(texts('CMD ["sh", "-c", "a && b"]')).toEqual(["sh -c a && b", "a", "b"]);
    expect(texts('HEALTHCHECK --interval=5s CMD ["a", "b"]')).toEqual(["a b"]);
    expect(texts("HEALTHCHECK --interval=5s CMD a || exit 1")).toEqual(["a", "exit 1"]);
  });

  it("take heredocs and here-strings as what they read", () => {
    expect(commands("RUN a <<X", "one", "$two", "X")[0]?.fed.map(({ value, literal }) => [value, literal])).toEqual([
      ["one", true],
      ["$two", false],
    ]);
    expect(commands("RUN a <<< 'b c'")[0]?.fed.map(({ value }) => value)).toEqual(["b c"]);
    expect(texts("RUN bash <<X", "a", "X")).toEqual(["bash", "a"]);
    expect(texts("RUN <<X bash -e", "a", "X")).toEqual(["bash -e", "a"]);
    const chain = commands("RUN a <<X > b && c && d <<Y", "one", "X", "two", "Y");
    expect(chain.map(({ text, fed }) => [text, ...fed.map(({ value }) => value)])).toEqual([
      ["a", "one"],
      ["c"],
      ["d", "two"],
    ]);
  });

  it("are none where another shell or another language reads the text", () => {
    expect(texts("RUN <<X", "#!/usr/bin/python3", "a", "X")).toEqual([]);
    expect(texts("ENV A=b")).toEqual([]);
    const file = parseDockerfile(
      "/w/Dockerfile",
      'FROM a AS b\nSHELL ["pwsh", "-c"]\nFROM b\nRUN x\nSHELL ["/bin/bash", "-c"]\nRUN y',
    );
    expect(file.instructions.map((one) => commandsOf(file, one).length)).toEqual([0, 0, 0, 0, 0, 1]);
  });

  it("stand any text, in linear time", () => {
    const lines = ["$(", "`", '"', "'", "${", "<<X ", "a|", "sh -c '", "\\", "&>", "$((", "((", "# "];
    for (const piece of lines) expect(() => texts(`RUN ${piece.repeat(20_000)}`)).not.toThrow();
    for (const piece of lines) expect(() => texts("RUN <<E", `${piece}\n`.repeat(10_000), "E")).not.toThrow();
  }, 10_000);
});
