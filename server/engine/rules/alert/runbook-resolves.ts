// Runbooks that an alert names and the workspace does not have.

import type { Alert } from "../../languages/prometheus/model.js";
import { isTemplated } from "../../languages/prometheus/scalars.js";
import { at, create, option, rule, type Workspace } from "../../rule.js";
import { exemptOption, isExempt } from "./_alert.js";
import { folderOf, foldersAbove, joined, repositoryOf } from "./_paths.js";
import { runbookKeys, runbookOf } from "./_runbook.js";
import { runbookText } from "./_runbook-text.js";

export default rule({
  on: "prometheus",
  title: "Link runbooks that exist",
  why: "A link to a runbook that was moved, or never written, is found out at the worst moment: by whoever follows it during an incident.",
  severity: "warning",
  profile: "recommended",
  phase: 4,
  standard: "Role Definition, Rule 4: Monitoring First",
  alsoKnownAs: ["pint rule/link"],
  options: {
    keys: runbookKeys,
    base: option.string("", "Address under which the runbooks of this workspace are published"),
    folders: option.strings(["docs/runbooks", "runbooks"], "Folders in which they are, from the top of the repository"),
    exempt: exemptOption,
  },

  *check({ alerts, text, path }, { keys, base, folders, exempt }, workspace) {
    for (const alert of alerts) {
      const found = runbookOf(alert, keys, text);
      if (found.state !== "set" || isTemplated(found.value) || isExempt(alert, exempt)) continue;
      const target = targetOf(found.value.trim(), base);
      if (!target) continue;
      const places = target.published ? folders.map((folder) => `${folder}/${target.path}`) : [target.path];
      const names = places.flatMap((place) => namesOf(place, alert));
      if (names.some((name) => isThere(path, name, workspace))) continue;
      const [wanted = target.path] = names;
      const created = placeFor(path, wanted, workspace);
      const fixes = created ? [create(`Create ${wanted}`, { path: created, text: runbookText(alert) })] : [];
      const searched = target.published
        ? `no runbook "${target.path}" in ${folders.map((one) => `"${one}"`).join(", ")}`
        : `no file "${target.path}"`;
      yield at(found.span, `${alert.called} links to a runbook that is not there: ${searched}`, ...fixes);
    }
  },
});

interface Target {
  readonly path: string;
  /** Below the address of the published runbooks; else a path in the repository. */
  readonly published: boolean;
}

/** What an annotation names, as far as it must be a file of the workspace. Other addresses lie elsewhere. */
function targetOf(value: string, base: string): Target | undefined {
  const prefix = base.replace(/\{.*$/s, "").replace(/\/$/, "");
  const plain = value.replace(/[?#].*$/s, "").replace(/\/$/, "");
  if (prefix !== "" && plain.startsWith(`${prefix}/`)) {
    const path = plain.slice(prefix.length + 1);
    return /^[\w@./-]+$/.test(path) ? { path, published: true } : undefined;
  }
  const named = /^(?:\.{0,2}\/)?(?:[\w@.-]+\/)*[\w@.-]+\.(?:md|markdown|adoc|rst|txt)$/.test(plain);
  const host = /^[\w-]+(?:\.[\w-]+)+\//.test(plain);
  return named && !host ? { path: plain, published: false } : undefined;
}

/** The files that a page may be made of; the alert's own spelling of its name counts as well. */
function namesOf(place: string, { name }: Alert): readonly string[] {
  const page = place.replace(/\.html?$/, "");
  const last = page.slice(page.lastIndexOf("/") + 1);
  const own = name.state === "set" && name.value.toLowerCase() === last.toLowerCase() ? name.value : last;
  const pages = new Set([page, page.slice(0, page.length - last.length) + own]);
  const endings = /\.(?:md|markdown|adoc|rst|txt)$/.test(page)
    ? [""]
    : [".md", "/README.md", "/index.md", ".adoc", ".rst"];
  return [...pages].flatMap((one) => endings.map((ending) => one + ending));
}

/** A path that starts with a dot counts from the file's folder, any other one also from those above. */
function isThere(path: string, name: string, workspace: Workspace): boolean {
  const folders = name.startsWith(".") ? [folderOf(path)] : foldersAbove(path);
  return folders.some((folder) => {
    const place = joined(folder, name);
    return place !== undefined && workspace.exists(place);
  });
}

function placeFor(path: string, name: string, workspace: Workspace): string | undefined {
  const folder = name.startsWith(".") ? folderOf(path) : repositoryOf(path, workspace);
  return folder === undefined ? undefined : joined(folder, name);
}
