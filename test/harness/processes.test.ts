// Ctrl-C leaves nothing running.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const family = fileURLToPath(new URL("fixtures/family.mjs", import.meta.url));

describe.skipIf(process.platform === "win32")("processes", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("end with everything below them at %s", async (signal, expected) => {
    const child = spawn(process.execPath, [family], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      output += part;
    });
    const ended = new Promise<number | null>((done) => child.once("close", done));
    const pids = () => (output.match(/\d+/g) ?? []).map(Number);
    await expect.poll(() => pids().length, { timeout: 10_000 }).toBe(5);
    expect(pids().filter(isAlive).length).toBeGreaterThanOrEqual(4);

    child.kill(signal);

    expect(await ended).toBe(expected);
    expect(output).toContain("cleaned up");
    await expect.poll(() => pids().filter(isAlive), { timeout: 2000 }).toEqual([]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
