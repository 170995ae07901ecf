// Which part of a workspace a tracker speaks for.

import { describe, expect, test } from "vitest";
import { nearestTo, scopeAround, scopeOf } from "../../../server/engine/protocol/scopes.js";

const files = ["/w/pay/infra/a.tf", "/w/shop/infra/a.tf", "/w/infra/a.tf", "/w/a.tf"];

/** The files that each of these trackers speaks for. */
function spoken(trackers: readonly string[], folders: readonly string[] = ["/w"], among = files) {
  return trackers.map((tracker) => among.filter(scopeOf(tracker, trackers, folders)));
}

const [pay, shop, infra, top] = files;

describe("a tracker speaks for", () => {
  test("everything where it is the only one of its protocol, wherever it lies", () => {
    expect(spoken(["/w/planning/dop-phase-tracker.md"])).toEqual([files]);
  });

  test("the innermost folder that has one, and the outer one for the rest", () => {
    expect(spoken(["/w/docs/t.md", "/w/pay/docs/t.md"])).toEqual([[shop, infra, top], [pay]]);
    const three = ["/w/t.md", "/w/pay/t.md", "/w/pay/infra/t.md"];
    expect(spoken(three)).toEqual([[shop, infra, top], [], [pay]]);
  });

  test("what lies in no tracker's folder, together with its neighbours", () => {
    expect(spoken(["/w/pay/docs/t.md", "/w/shop/docs/t.md"])).toEqual([
      [pay, infra, top],
      [shop, infra, top],
    ]);
    expect(spoken(["/w/pay/t.md", "/w/pay/infra/t.md"])).toEqual([[shop, infra, top], [pay]]);
  });

  test("the same as another one in its folder", () => {
    expect(spoken(["/w/docs/one.md", "/w/docs/two.md"])).toEqual([files, files]);
  });
});

describe("a folder of documents", () => {
  test("belongs to the folder around it: the innermost counts", () => {
    const trackers = ["/w/docs/pay/docs/t.md", "/w/docs/shop/Documentation/runs/t.md"];
    const among = ["/w/docs/pay/a.tf", "/w/docs/shop/a.tf"];
    expect(spoken(trackers, ["/w"], among)).toEqual([["/w/docs/pay/a.tf"], ["/w/docs/shop/a.tf"]]);
  });

  test("is not meant by the name of a folder that the workspace lies in, or by its own", () => {
    const trackers = ["/home/u/docs/mono/pay/t.md", "/home/u/docs/mono/shop/t.md"];
    const among = ["/home/u/docs/mono/pay/a.tf", "/home/u/docs/mono/shop/a.tf"];
    for (const folder of ["/home/u/docs/mono", "/home/u/docs"])
      expect(spoken(trackers, [folder], among)).toEqual([[among[0]], [among[1]]]);
  });
});

test("of several files of one name the nearest is meant", () => {
  const plans = ["/w/a/plan.md", "/w/docs/plan.md", "/w/docs/old/plan.md"].map((path) => ({ path }));
  expect(nearestTo("/w/docs/t.md", plans)?.path).toBe("/w/docs/old/plan.md");
  expect(nearestTo("/w/a/t.md", plans)?.path).toBe("/w/a/plan.md");
  expect(nearestTo("/w/a/t.md", [])).toBeUndefined();
});

test("a run is about what the tracker around it speaks for, one of its own protocol first", () => {
  const trackers = [
    { path: "/w/pay/docs/dop.md", protocol: "dop" },
    { path: "/w/shop/docs/dop.md", protocol: "dop" },
    { path: "/w/docs/master.md", protocol: "master" },
  ];
  const about = (path: string, protocol: string) => files.filter(scopeAround(path, protocol, trackers, ["/w"]));
  expect(about("/w/pay/docs/runs/a.md", "dop")).toEqual([pay, infra, top]);
  expect(about("/w/pay/docs/runs/a.md", "role")).toEqual([pay, infra, top]);
  expect(about("/w/pay/docs/runs/a.md", "master")).toEqual(files);
  expect(about("/w/docs/runs/a.md", "dop")).toEqual(files);
});
