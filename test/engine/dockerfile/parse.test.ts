// The reader: where instructions, comments and heredocs start and end, what variables stand for, and bad input.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the files that are judged

import { DockerfileParser } from "dockerfile-ast";
import { describe, expect, it } from "vitest";
import { parseDockerfile } from "../../../server/engine/languages/dockerfile/parse.js";

const read = (...lines: readonly string[]) => parseDockerfile("/w/Dockerfile", lines.join("\n"));
const slices = (file: ReturnType<typeof read>) =>
  file.instructions.map(({ span }) => file.text.slice(span.start, span.end));

describe("instructions", () => {
  it("end with their last line, comments and empty lines in between left out", () => {
    const file = read("FROM a", "RUN one \\", "  # a word", "", "  && two \\ ", "  && three", "USER app");
    expect(slices(file)).toEqual(["FROM a", "RUN one \\\n  # a word\n\n  && two \\ \n  && three", "USER app"]);
    expect(file.comments.map(({ text }) => text)).toEqual(["a word"]);
    expect(file.instructions[1]?.words.map(({ value }) => value)).toEqual(["one", "&&", "two", "&&", "three"]);
    expect(file.instructions[1]?.words.map(({ span }) => file.text.slice(span.start, span.end))).toEqual([
      "one",
      "&&",
      "two",
      "&&",
      "three",
    ]);
  });

  it("do not go on after a doubled escape character", () => {
    expect(slices(read("FROM a", "WORKDIR C:\\\\app\\\\", "USER app"))).toHaveLength(3);
  });

  it("may be split inside a word", () => {
    const file = read("FR\\", "OM al\\", "pine AS x");
    expect(file.instructions.map(({ name }) => name)).toEqual(["FROM"]);
    expect(file.stages[0]?.baseWord?.value).toBe("alpine");
    expect(file.stages[0]?.baseWord?.span).toEqual({ start: 7, end: 15 });
  });

  it("keep a stretch for each of their lines, so that a comment can speak about one", () => {
    const file = read("FROM a", "ENV A=1 \\", "  B=2");
    expect(file.statements.map(({ start, end }) => file.text.slice(start, end))).toEqual([
      "FROM a",
      "ENV A=1 \\\n  B=2",
      "B=2",
    ]);
  });

  it("know their flags, fields and JSON items", () => {
    const file = read("FROM a", "RUN --mount=type=bind,from=b --network=none x", 'CMD ["a b", "c\\"d"]', "CMD [a]");
    const [, run, cmd, shell] = file.instructions;
    expect(run?.flags.map(({ name, value }) => [name, value])).toEqual([
      ["mount", "type=bind,from=b"],
      ["network", "none"],
    ]);
    expect([cmd?.exec, cmd?.words.map(({ value }) => value)]).toEqual([true, ["a b", 'c"d']]);
    expect([shell?.exec, shell?.words.map(({ value }) => value)]).toEqual([false, ["[a]"]]);
  });

  it("are the deferred ones behind ONBUILD", () => {
    const [, instruction] = read("FROM a", "ONBUILD  user app").instructions;
    expect([instruction?.name, instruction?.onbuild, instruction?.rest]).toEqual(["USER", true, "app"]);
  });
});

describe("directives", () => {
  it("set the escape character at the very top only", () => {
    expect(
      read("# syntax=docker/dockerfile:1", "# ESCAPE = `", "FROM a", "RUN x `", "  y", "RUN z\\").instructions,
    ).toHaveLength(3);
    expect(read("# hello", "# escape=`", "FROM a", "RUN x `", "  y").instructions).toHaveLength(3);
    expect(
      parseDockerfile("/w/Dockerfile", "\uFEFF# escape=`\r\nFROM a\r\nRUN x `\r\n  y\r\n").instructions,
    ).toHaveLength(2);
  });
});

describe("heredocs", () => {
  it.each([
    ["RUN <<EOF", "EOF"],
    ["RUN <<EOF bash", "EOF"],
    ["RUN <<-EOF", "\t\tEOF"],
    ["RUN <<-\\EOT", "EOT"],
    ['RUN cat <<"EOF" > /x', "EOF"],
    ["RUN <<'E F'", "E F"],
    ["RUN 3<<EOF cat", "EOF"],
    ["RUN a && \\\n  cat <<EOF && \\\n  b", "EOF"],
    ["ONBUILD RUN <<EOF", "EOF"],
    ["COPY <<EOF /etc/motd", "EOF"],
  ])("%s", (opening, closing) => {
    const file = read("FROM a", opening, "# no comment", "USER root", "", closing, "USER app");
    expect(file.instructions.map(({ name }) => name).at(-1)).toBe("USER");
    expect(file.instructions).toHaveLength(3);
    expect(file.comments).toEqual([]);
    expect(file.problems).toEqual([]);
    const body = file.instructions[1]?.heredocs[0]?.body;
    expect(body && file.text.slice(body.start, body.end)).toBe("# no comment\nUSER root\n\n");
  });

  it("may be several", () => {
    const file = read("FROM a", "COPY <<A <<B /x", "1", "A", "2", "B", "USER app");
    expect(file.instructions[1]?.heredocs.map(({ name }) => name)).toEqual(["A", "B"]);
    expect(file.instructions).toHaveLength(3);
  });

  it.each([
    'RUN cat <<< "$x"',
    'RUN bash -c "cat <<EOF > x"',
    'RUN ["cat", "<<EOF"]',
    "RUN echo $((1 << 2))",
    "RUN cat<<EOF",
    "ENV A <<EOF",
  ])("are none in %s", (line) => expect(read("FROM a", line, "USER app").instructions).toHaveLength(3));

  it("without an end are a problem, and take the rest of the file", () => {
    const file = read("FROM a", "RUN cat <<EOF", "USER app");
    expect(file.problems.map(({ message }) => message)).toEqual(['no line "EOF" ends this heredoc']);
    expect(file.instructions).toHaveLength(2);
  });
});

describe("variables", () => {
  const from = (...lines: readonly string[]) => {
    const base = read(...lines).final?.base;
    return base?.kind === "image" ? base.image.text : base?.kind;
  };

  it.each([
    ["$V", "1"],
    ["${V}", "1"],
    ["${V:-d}", "1"],
    ["${V:+d}", "d"],
    ["${V+d}", "d"],
    ["${V:?no}", "1"],
    ["${N}", "${N}"],
    ["${N:-d}", "d"],
    ["${N-d}", "d"],
    ["${N:+d}", "${N:+d}"],
    ["${E}", ""],
    ["${E:-d}", "d"],
    ["${E-d}", ""],
    ["${E:+d}", ""],
    ["${E+d}", "d"],
    ["${N:-${V:-x}}", "1"],
    ["${TARGETARCH:-amd64}", "${TARGETARCH:-amd64}"],
    ["${V#1}", "${V#1}"],
    ["'$V'", "$V"],
    ['"$V"', "1"],
    ["\\$V", "$V"],
    ["$", "$"],
    ["${V", "${V"],
  ])("%s is %s", (text, expected) => {
    expect(from("ARG V=1", "ARG N", "ARG E=", `FROM a:${text}`)).toBe(`a:${expected}`);
  });

  it("of ARG are seen from their line on, and in FROM only those before the first one", () => {
    expect(from("FROM a:1", "ARG V=2", "FROM b:$V")).toBe("b:$V");
    expect(from("FROM a:$V", "ARG V=2")).toBe("a:$V");
  });

  it("of ENV win over ARG, reach the stages on top, and change with the next instruction", () => {
    const file = read(
      "ARG G=global",
      "FROM a:1 AS one",
      "ENV A=1",
      "ARG A=2",
      "ARG L=local",
      "FROM one",
      "ARG G",
      "ENV A=3 B=$A",
      "USER $A$B$G$L",
    );
    const at = file.instructions.at(-1);
    expect(at && file.expand(at.rest, at)).toEqual({ text: "31global$L", known: false, used: ["A", "B", "G"] });
  });

  it("do not grow without bound", () => {
    const lines = Array.from({ length: 100 }, () => "ENV A=$A$A");
    const file = read("FROM a:1", "ENV A=xx", ...lines, "USER $A");
    expect(file.user?.root).toBe("unknown");
  });
});

describe("stages", () => {
  it("are built on earlier ones, whatever the case", () => {
    const file = read("FROM a:1 AS Base", "FROM bAsE as x", "FROM later", "FROM b:1 AS later");
    expect(file.stages.map(({ base }) => base.kind)).toEqual(["image", "stage", "image", "image"]);
  });

  it("that a variable may mean are unknown", () => {
    const lines = ["FROM a:1 AS base-amd64", "FROM base-${TARGETARCH} AS final"];
    expect(read(...lines).final?.base.kind).toBe("unknown");
    expect(read("FROM a:1 AS other", ...lines.slice(1)).final?.base.kind).toBe("image");
  });
});

describe("bad input", () => {
  const many = 100_000;
  it.each([
    ["nothing", ""],
    ["binary junk", String.fromCharCode(...Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))],
    ["lone surrogates", "FROM \uD800\nRUN \uDC00 <<\uD800"],
    ["a huge instruction", `FROM a\nRUN ${"echo && \\\n ".repeat(many)}x`],
    ["many instructions", "RUN\n".repeat(many)],
    ["escape characters", `FROM a\nRUN ${"\\".repeat(many)}\n`],
    ["continuations", `FROM a\nRUN ${"\\\n".repeat(many)}`],
    ["heredoc marks", `FROM a\nRUN ${"<<A ".repeat(many)}\nx`],
    ["nested defaults", `FROM ${"${A:-".repeat(10_000)}x${"}".repeat(10_000)}`],
    ["open defaults", `FROM ${"${A:-".repeat(many)}`],
    ["open quotes", `FROM a\nENV ${"A_TOKEN='".repeat(many)}`],
    ["nested JSON", `FROM a\nCMD ${"[".repeat(many)}${"]".repeat(many)}`],
    [
      "a long chain of stages",
      `FROM a AS s0\n${Array.from({ length: 10_000 }, (_, i) => `FROM s${i} AS s${i + 1}\nENV A${i + 1}=$A${i}\n`).join("")}USER $A9`,
    ],
    ["mount fields", `FROM a\nRUN ${"--mount=from=x,".repeat(many)}`],
  ])("%s is read in a moment", (_, text) => {
    const start = performance.now();
    const file = parseDockerfile("/w/Dockerfile", text);
    for (const one of file.instructions) void [one.flags, one.words, one.assignments];
    expect([file.images, file.user]).toBeDefined();
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

it("splits instructions where dockerfile-ast does", () => {
  const text = [
    "# syntax=docker/dockerfile:1",
    "ARG V=1",
    "FROM --platform=$BUILDPLATFORM golang:${V} AS build",
    "# words",
    "RUN --mount=type=cache,target=/root/.cache \\",
    "    # inside",
    "    go build ./... && \\",
    "    go vet",
    "",
    "FROM scratch",
    "COPY --from=build /app /app",
    "COPY <<-EOF /etc/x",
    "\tFROM here",
    "\tEOF",
    'ENTRYPOINT ["/app"]',
  ].join("\n");
  const theirs = DockerfileParser.parse(text).getInstructions();
  expect(parseDockerfile("/w/Dockerfile", text).instructions.map(({ name }) => name)).toEqual(
    theirs.map((one) => one.getKeyword()),
  );
});
