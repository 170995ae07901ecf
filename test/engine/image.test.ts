// Image references: which part is which, and what variables leave open.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the files that are judged

import { describe, expect, it } from "vitest";
import { like, matchesImage, parseImage, pinningOf, repositoryOf } from "../../server/engine/image.js";

const parts = (text: string) => {
  const { registry, path, tag, digest } = parseImage(text);
  return [registry?.text, path.text, tag?.text, digest?.text];
};

describe("parts of a reference", () => {
  it.each([
    ["node", undefined, "node", undefined, undefined],
    ["node:20", undefined, "node", "20", undefined],
    ["team/app", undefined, "team/app", undefined, undefined],
    ["localhost/app:1", "localhost", "app", "1", undefined],
    ["host:5000/app", "host:5000", "app", undefined, undefined],
    ["host:5000/a/b:1.2@sha256:0a", "host:5000", "a/b", "1.2", "sha256:0a"],
    ["app@sha256:0a", undefined, "app", undefined, "sha256:0a"],
    ["host:5000", undefined, "host", "5000", undefined],
    ["docker://ghcr.io/a/b:1", "ghcr.io", "a/b", "1", undefined],
    ["${REG:-a/b:1}/app:${TAG:-1/2}", "${REG:-a/b:1}", "app", "${TAG:-1/2}", undefined],
    ["", undefined, "", undefined, undefined],
  ])("%s", (text, ...expected) => expect(parts(text)).toEqual(expected));

  it("tells where each stands", () => {
    const { registry, path, tag, digest } = parseImage("ghcr.io/a/b:1@sha256:0a");
    expect([registry?.span, path.span, tag?.span, digest?.span]).toEqual([
      { start: 0, end: 7 },
      { start: 8, end: 11 },
      { start: 12, end: 13 },
      { start: 14, end: 23 },
    ]);
  });
});

describe("pinning", () => {
  it.each([
    ["node", "none"],
    ["host:5000/app", "none"],
    ["node:latest", "moving-tag"],
    ["node:20", "tag"],
    ["node:latest@sha256:0a", "digest"],
    ["node@sha256:0a", "digest"],
    ["$IMAGE", "unknown"],
    ["$REGISTRY/app", "none"],
    ["$REGISTRY/app:latest", "moving-tag"],
    ["app:$TAG", "unknown"],
    ["app$SUFFIX", "unknown"],
    ["$PREFIX-app", "unknown"],
    ["app@$DIGEST", "digest"],
    ["app:@TAG@", "unknown"],
    ["app:", "unknown"],
    ["", "unknown"],
    ["{{ .Values.image }}", "unknown"],
    ["{{ .Values.repository }}/app", "none"],
    ["app:<version>", "unknown"],
    ["$(registry)/app:$(tag)", "unknown"],
    ["<< parameters.image >>", "unknown"],
    ["${{ matrix.image || 'a:1' }}", "unknown"],
    ["%IMAGE%", "unknown"],
    ["#{image}#", "unknown"],
    ["{{ never closed", "unknown"],
    ["REPLACE-ME", "unknown"],
    ["two words", "unknown"],
  ])("%s: %s", (text, expected) => expect(pinningOf(parseImage(text))).toBe(expected));

  it("takes other moving tags", () => {
    expect(pinningOf(parseImage("app:stable"), ["stable"])).toBe("moving-tag");
    expect(pinningOf(parseImage("app:latest"), ["stable"])).toBe("tag");
  });

  // What takes more than linear time does not come to its end before the runner's limit.
  it("survives hostile names", () => {
    for (const piece of ["${", "{{", "$(", "<", "a/", "a:", "@", "%a"])
      expect(parseImage(piece.repeat(200_000)).text).toHaveLength(piece.length * 200_000);
  });
});

describe("names and patterns", () => {
  it.each([
    ["node:20", "docker.io/library/node"],
    ["docker.io/node", "docker.io/library/node"],
    ["index.docker.io/a/b", "docker.io/a/b"],
    ["ghcr.io/a/b", "ghcr.io/a/b"],
    ["$R/a", undefined],
    ["a$B", undefined],
  ])("%s is %s", (text, expected) => expect(repositoryOf(parseImage(text))).toBe(expected));

  it.each([
    ["node:20", "node", true],
    ["docker.io/library/node", "node", true],
    ["team/node", "node", false],
    ["gcr.io/distroless/static:nonroot", "gcr.io/distroless/*:*nonroot*", true],
    ["gcr.io/distroless/static", "gcr.io/distroless/*:*nonroot*", false],
    ["gcr.io/distroless/static:$TAG", "gcr.io/distroless/*:*nonroot*", false],
    ["ghcr.io/a/b", "ghcr.io/*", true],
    ["$X", "*/*", false],
  ])("%s against %s: %s", (text, pattern, expected) => expect(matchesImage(parseImage(text), pattern)).toBe(expected));

  it.each([
    ["abc", "a*c", true],
    ["ac", "a*c", true],
    ["aXbXc", "a*b*c", true],
    ["ab", "a*b*b", false],
    ["abc", "*", true],
    ["abc", "ab", false],
  ])("%s like %s: %s", (text, pattern, expected) => expect(like(text, pattern)).toBe(expected));
});
