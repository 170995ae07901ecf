import { expect, test } from "vitest";
import { shows } from "./workspace.js";

const file = "phase1_infrastructure_plan.md";
const plan = "# Plan\n\n## 2. Cost model (2026)\n\n100 a month.\n\n## Security Design\n\nTBD\n";
const asked = { kind: "document", file } as const;

test("a document that exists", () => {
  expect(shows(asked, { [`/repo/docs/${file}`]: plan })).toEqual({
    state: "found",
    text: file,
    places: [`/repo/docs/${file}:1 ${file}`],
  });
  expect(shows(asked, { "/repo/other.md": plan })).toEqual({ state: "missing", text: `no ${file}`, places: [] });
});

test("a section under one of its titles that says something", () => {
  const files = { [`/repo/docs/${file}`]: plan };
  expect(shows({ ...asked, section: "Cost Analysis" }, files)).toEqual({
    state: "found",
    text: `section "Cost Analysis" of ${file}`,
    places: [`/repo/docs/${file}:3 2. Cost model (2026)`],
  });
  expect(shows({ ...asked, section: "Security Design" }, files)).toEqual({
    state: "missing",
    text: `section "Security Design" of ${file} says nothing yet`,
    places: [`/repo/docs/${file}:7 Security Design`],
  });
  expect(shows({ ...asked, section: "Architecture Diagrams" }, files)).toMatchObject({
    state: "missing",
    text: `no section "Architecture Diagrams" in ${file}`,
  });
});

test("a section of which every box is ticked", () => {
  const boxed = (text: string) =>
    shows(
      { ...asked, section: "Security Design", ticked: true },
      { [`/repo/${file}`]: `# Plan\n\n## Security Design\n\n${text}` },
    );
  expect(boxed("- [x] A\n\n### More\n\n- [X] B\n")).toMatchObject({
    state: "found",
    places: [`/repo/${file}:3 Security Design`],
  });
  expect(boxed("- [x] A\n- [-] B\n- [ ] C\n")).toMatchObject({
    state: "missing",
    text: `1 of 3 boxes ticked in section "Security Design" of ${file}`,
  });
  expect(boxed("All is well.\n")).toMatchObject({ state: "missing", text: expect.stringContaining("has no boxes") });
});

test("of a document that was not read whole nothing is missing", () => {
  const long = `${plan}\n${"text\n".repeat(25_000)}`;
  expect(shows({ ...asked, section: "Architecture Diagrams" }, { [`/repo/${file}`]: long }).state).toBe("unknown");
});

test("of several documents the one nearest to the tracker counts", () => {
  const files = { [`/repo/${file}`]: plan, [`/repo/docs/${file}`]: "# Plan\n", [`/other/${file}`]: plan };
  expect(shows({ ...asked, section: "Cost Analysis" }, files).state).toBe("missing");
});
