import { describe, expect, it } from "vitest";
import { applyEdits, indentAt, lineAt, lineEnd, lineSpan, lineStarts } from "../../server/engine/text.js";

const edit = (start: number, end: number, text: string) => ({ span: { start, end }, text });

describe("applyEdits", () => {
  it("counts every edit in the old text, in any order", () => {
    expect(applyEdits("one two three", [edit(8, 13, "3"), edit(0, 3, "1")])).toBe("1 two 3");
  });
  it("keeps the order of insertions at one place", () => {
    expect(applyEdits("ab", [edit(1, 1, "x"), edit(1, 1, "y")])).toBe("axyb");
  });
  it("refuses edits that overlap or lie outside", () => {
    expect(() => applyEdits("abc", [edit(0, 2, ""), edit(1, 3, "")])).toThrow(RangeError);
    expect(() => applyEdits("abc", [edit(2, 9, "")])).toThrow(RangeError);
  });
});

describe("lines", () => {
  it("end at LF, CRLF and a lone CR", () => {
    expect(lineStarts("a\nb\r\nc\rd")).toEqual([0, 2, 5, 7]);
  });
  it("are found by offset", () => {
    const starts = lineStarts("ab\ncd\n");
    expect([0, 2, 3, 5, 6].map((offset) => lineAt(starts, offset))).toEqual([0, 0, 1, 1, 2]);
  });
  it("know their span, indentation and end", () => {
    expect(lineSpan("ab\r\n  cd\r\n", 6)).toEqual({ start: 4, end: 8 });
    expect(indentAt("ab\r\n  cd\r\n", 7)).toBe("  ");
    expect([lineEnd("a\r\nb\n"), lineEnd("a\nb\r\n"), lineEnd("a")]).toEqual(["\r\n", "\n", "\n"]);
  });
});
