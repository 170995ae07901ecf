// Which protocols hold where: the product's, a team's own above a file, and what the configuration chooses of them.

import { expect, test } from "vitest";
import { createKnownProtocols, isProtocolFile } from "../../../server/engine/protocol/known.js";
import { dop } from "./dop.js";

const own = (id: string, title = "Own"): string => `id: ${id}\ntitle: ${title}\npurpose: Tests.\n`;

const names = (protocols: readonly { readonly id: string; readonly title: string }[]) =>
  protocols.map(({ id, title }) => (title === "Own" ? id : `${id} ${title}`));

const builtIn = [
  { ...dop, id: "first", title: "Own" },
  { ...dop, id: "second", title: "Own" },
];

test.each([
  ["/repo/.dakota/protocols/ours.yaml", true],
  ["/repo/.dakota/protocols/ours.yml", true],
  ["/repo/.dakota/protocols/deeper/ours.yaml", false],
  ["/repo/.dakota/ours.yaml", false],
  ["/repo/dakota/protocols/ours.yaml", false],
  ["/repo/.dakota/protocols/notes.md", false],
])("%s: %s", (path, expected) => {
  expect(isProtocolFile(path)).toBe(expected);
});

test("a team's own come first, the nearest folder before the others, and hold below their folder only", () => {
  const known = createKnownProtocols(builtIn);
  known.take("/repo/.dakota/protocols/b.yaml", own("beta"));
  known.take("/repo/.dakota/protocols/a.yaml", own("alpha"));
  known.take("/repo/pay/.dakota/protocols/c.yaml", own("gamma"));
  expect(names(known.inForce("/repo/pay/docs/x.md"))).toEqual(["gamma", "alpha", "beta", "first", "second"]);
  expect(names(known.inForce("/repo/payments/x.md"))).toEqual(["alpha", "beta", "first", "second"]);
  expect(names(known.inForce("/other/x.md"))).toEqual(["first", "second"]);
  expect(names(known.all())).toEqual(["gamma", "alpha", "beta", "first", "second"]);
});

test("an id holds once: the nearest file wins, and a team replaces a protocol of the product", () => {
  const known = createKnownProtocols(builtIn);
  known.take("/repo/.dakota/protocols/a.yaml", own("second", "of the repository"));
  known.take("/repo/pay/.dakota/protocols/a.yaml", own("second", "of the folder"));
  known.take("/repo/pay/.dakota/protocols/b.yaml", own("second", "too late"));
  expect(names(known.inForce("/repo/x.md"))).toEqual(["second of the repository", "first"]);
  expect(names(known.inForce("/repo/pay/x.md"))).toEqual(["second of the folder", "first"]);
});

test("the configuration restricts and orders; what it names in vain is passed over", () => {
  const known = createKnownProtocols(builtIn);
  known.take("/repo/.dakota/protocols/a.yaml", own("alpha"));
  expect(names(known.inForce("/repo/x.md", ["second", "nobody", "alpha", "second"]))).toEqual(["second", "alpha"]);
  expect(known.inForce("/repo/x.md", [])).toEqual([]);
});

test("a file that changes, breaks or goes is noticed once; all others change nothing", () => {
  const known = createKnownProtocols(builtIn);
  let changes = 0;
  known.onChange(() => changes++);
  const path = "/repo/.dakota/protocols/a.yaml";
  known.take("/repo/values.yaml", own("values"));
  known.take(path, undefined);
  expect([changes, known.all()]).toEqual([0, builtIn]);
  known.take(path, own("alpha"));
  const before = known.all();
  known.take(path, own("alpha"));
  expect(known.all()).toBe(before);
  expect(changes).toBe(1);
  known.take(path, "id: [");
  expect([changes, names(known.inForce("/repo/x.md"))]).toEqual([2, ["first", "second"]]);
  known.take(path, own("alpha"));
  known.take(path, undefined);
  expect([changes, names(known.all())]).toEqual([4, ["first", "second"]]);
});
