// Services of a Compose file that run as the superuser: by their own word, or by that of the Dockerfile they are built from.

import { parseImage } from "../../image.js";
import type { ComposeFile, Service, Value } from "../../languages/compose/model.js";
import { startOf, suggestedUser } from "../../languages/dockerfile/bases.js";
import { stepDownCommands as toldCommands } from "../../languages/dockerfile/user.js";
import { at, type Finding, replace, resolved, suggest, type Workspace } from "../../rule.js";

interface Settings {
  readonly nonRootImages: readonly string[];
  readonly stepDownCommands: readonly string[];
}

export function* rootServices(file: ComposeFile, settings: Settings, workspace: Workspace): Generator<Finding> {
  const seen = new Set<number>();
  for (const service of file.services) {
    const { user } = service;
    if (!user) yield* rootByDockerfile(file, service, settings, workspace);
    else if (user.known && isRoot(user.text) && !seen.has(user.span.start)) {
      seen.add(user.span.start); // merged into several services, it is written once
      yield rootByUser(service, user);
    }
  }
}

const isRoot = (user: string): boolean => /^(?:root|0+)(?::|$)/.test(user.trim());

function rootByUser({ name, image }: Service, { text, used, span }: Value): Finding {
  const origin = used.length > 0 ? `: "${text}" by default of ${used.map((one) => `"${one}"`).join(", ")}` : "";
  const user = suggestedUser(image?.known ? parseImage(image.text) : undefined).replace(/^\$.*/, "10001");
  const fixes = used.length > 0 ? [] : [suggest(`Run as "${user}"`, replace(span, user))];
  return at(span, `service "${name}" runs as root${origin}`, ...fixes);
}

/** Without a user of its own, a service runs as its image does; what is built here can be looked up. */
function* rootByDockerfile(
  { folder, fragment }: ComposeFile,
  { name, span, build, extended }: Service,
  { nonRootImages, stepDownCommands }: Settings,
  workspace: Workspace,
): Generator<Finding> {
  if (fragment || extended || build?.dockerfile === undefined || build.target?.known === false) return;
  const target = build.target?.text.toLowerCase();
  const stages = workspace.facts("dockerfile.stage", build.dockerfile);
  const stage = stages.find((one) =>
    target === undefined ? one.final : one.name === target || `${one.index}` === target,
  );
  if (!stage || stage.stepsDown.some((command) => stepDownCommands.includes(command))) return;
  // Dockerfiles tell of the commands in the table; whether they name others cannot be asked.
  if (stepDownCommands.some((command) => !toldCommands.includes(command))) return;
  const byBase = stage.startsAs !== undefined && startOf(parseImage(stage.startsAs), nonRootImages) === "root";
  if (stage.root !== true && !byBase) return;
  if (workspace.facts("compose.user", folder).some(({ service }) => service === name)) return;
  const made = target === undefined ? `"${build.called}"` : `stage "${build.target?.text}" of "${build.called}"`;
  const reason = byBase
    ? `${made} sets no USER, and "${stage.startsAs}" starts as root`
    : `that is the USER of ${made}`;
  // The Dockerfile itself has the finding for its final stage; another target is seen only here.
  const severity = stage.final ? (["information"] as const) : [];
  const origin = resolved(`service "${name}", user from ${made}: root`);
  yield at(span, `service "${name}" runs as root: ${reason}`, ...severity, origin);
}
