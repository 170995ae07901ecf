// What the pictures of the README show, as one number: when the examples, the scenes or the findings change, it changes.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dist, inProject } from "./paths.mjs";

/** Where the number of the pictures that are there is kept. */
export const picturedFile = inProject("docs/images/shown.txt");

/** Asks the built command line for the findings. @returns {string} */
export function pictured() {
  const { stdout } = spawnSync(process.execPath, [join(dist, "cli.js"), "check", "examples", "--format", "json"], {
    cwd: inProject("."),
    encoding: "utf8",
  });
  const hash = createHash("sha256").update(stdout);
  for (const folder of ["examples", "scripts/screenshots", "client/views"])
    for (const file of filesBelow(folder)) hash.update(file).update(readFileSync(inProject(file)));
  return `${hash.digest("hex")}\n`;
}

/** @param {string} folder from the project's @returns {readonly string[]} */
const filesBelow = (folder) =>
  readdirSync(inProject(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(inProject(".").replace(/\/$/, "").length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
