// When packages are installed anew, and how folders under .cache/ come to be.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
}
type Packages = Readonly<Record<string, Entry>>;
interface Npm {
  samePackages(lock: Packages, installed: Packages): boolean;
  isNetworkFault(output: string): boolean;
  prepared(name: string, recipe: string, make: (folder: string) => Promise<void>): Promise<string>;
}
const { samePackages, isNetworkFault, prepared }: Npm = await import(
  new URL("../../scripts/lib/npm.mjs", import.meta.url).href
);

describe("installed packages", () => {
  const lock: Packages = {
    "": { version: "0.1.0" },
    "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/a-windows": { version: "1.0.0", integrity: "sha512-w", optional: true },
  };
  const { "": _root, "node_modules/a-windows": _other, ...installed } = lock;

  it("match without the optional ones of other platforms", () => expect(samePackages(lock, installed)).toBe(true));

  it.each<[string, Packages]>([
    ["one lacks", {}],
    ["one has another version", { "node_modules/a": { version: "1.0.1", integrity: "sha512-a" } }],
    ["one has another content", { "node_modules/a": { version: "1.0.0", integrity: "sha512-b" } }],
    ["there is one too many", { ...installed, "node_modules/b": { version: "1.0.0" } }],
  ])("do not match when %s", (_case, found) => expect(samePackages(lock, found)).toBe(false));
});

describe("npm's complaints", () => {
  it.each([
    "npm error code ETIMEDOUT",
    "npm error code EAI_AGAIN\nnpm error request to https://packages.shop.test/yaml failed",
    "npm error code E503",
  ])("are tried again: %s", (output) => expect(isNetworkFault(output)).toBe(true));

  it.each(["npm error code E404", "npm error code EUSAGE", "npm error code ENOSPC"])("are final: %s", (output) =>
    expect(isNetworkFault(output)).toBe(false),
  );
});

describe("a prepared folder", () => {
  const name = `test-prepared-${process.pid}`;
  const cache = join(import.meta.dirname, "..", "..", ".cache");
  const place = join(cache, name);
  const write = (text: string) => async (folder: string) => writeFileSync(join(folder, "file"), text);
  afterEach(() => rmSync(place, { recursive: true, force: true }));

  it("is made once", async () => {
    expect(await prepared(name, "recipe", write("first"))).toBe(place);
    await prepared(name, "recipe", write("second"));
    expect(readFileSync(join(place, "file"), "utf8")).toBe("first");
  });

  it("is made again by another recipe", async () => {
    await prepared(name, "recipe", write("first"));
    await prepared(name, "another", write("second"));
    expect(readFileSync(join(place, "file"), "utf8")).toBe("second");
  });

  it("is made again when it is not complete", async () => {
    await prepared(name, "recipe", write("first"));
    rmSync(join(place, "ready"));
    await prepared(name, "recipe", write("second"));
    expect(readFileSync(join(place, "file"), "utf8")).toBe("second");
  });

  it("is not there when making it fails, and neither is the draft", async () => {
    const fail = async (folder: string) => {
      await write("half")(folder);
      throw new Error("no network");
    };
    await expect(prepared(name, "recipe", fail)).rejects.toThrow("no network");
    expect(existsSync(place)).toBe(false);
    expect(readdirSync(cache).filter((entry) => entry.startsWith(name))).toEqual([]);
  });
});
