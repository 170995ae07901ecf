// Final images that do not say how to tell whether they work.

import { chainOf, type Dockerfile, finalStageTitle, type Stage } from "../../languages/dockerfile/model.js";
import { at, type Fix, insertAt, rule, snippet, type Workspace } from "../../rule.js";
import { escapeSnippet } from "../../snippet.js";
import { lineEnd } from "../../text.js";
import { imageNamesOf } from "./_image-names.js";

export default rule({
  on: "dockerfile",
  title: "Give the image a health check",
  why: "A process that hangs still runs: without a check the platform sends it requests until somebody notices. HEALTHCHECK says once how to ask it, for everybody who runs the image without Kubernetes, whose probes do the same.",
  severity: "information",
  profile: "strict",
  phase: 3,
  standard: "Engineer Instructions, Monitoring Requirements",
  alsoKnownAs: ["hadolint DL3057", "checkov CKV_DOCKER_2", "trivy DS-0026", "kics b03a748a"],

  *check(file, _options, workspace) {
    const { final } = file;
    if (!final || final.instructions.some(({ onbuild }) => onbuild)) return;
    const chain = chainOf(final);
    // NONE is a decision as well; behind a variable there may be a stage with a check.
    if (chain.some(({ base, instructions }) => base.kind === "unknown" || instructions.some(checks))) return;
    if (isCheckedElsewhere(file, workspace)) return;
    const below = chain.length > 1 ? ", nor has a stage below it" : "";
    yield at(
      final.baseWord ?? final.from.keyword,
      `${finalStageTitle(file)} has no HEALTHCHECK${below}`,
      addCheck(file, final),
    );
  },
});

const checks = ({ name }: { readonly name: string }): boolean => name === "HEALTHCHECK";

/** By a service of a Compose file, or by the probes of a manifest that runs the image. */
function isCheckedElsewhere(file: Dockerfile, workspace: Workspace): boolean {
  if (workspace.facts("compose.build", file.path).some(({ healthcheck }) => healthcheck)) return true;
  const probed = (name: string) => workspace.facts("kubernetes.image", name).filter((image) => image.probed);
  if (imageNamesOf(file, workspace).some((name) => probed(name).length > 0)) return true;
  // A template whose image is a value, beside or below the Dockerfile, most likely runs what is built here.
  const folder = file.path.slice(0, file.path.lastIndexOf("/") + 1);
  return probed("").some(({ path }) => path.startsWith(folder));
}

function addCheck(file: Dockerfile, final: Stage): Fix {
  const { text } = file;
  const start = final.instructions.find(({ name }) => name === "CMD" || name === "ENTRYPOINT");
  const last = final.instructions.at(-1) ?? final.from;
  const line = `HEALTHCHECK --interval=\${1:30s} --timeout=\${2:3s} CMD \${3:${escapeSnippet(command(file))}}`;
  const edit = start ? insertAt(start.span.start, line + lineEnd(text)) : insertAt(last.span.end, lineEnd(text) + line);
  return snippet("Add a HEALTHCHECK", edit);
}

/** Asks the port that the image exposes, with what its base brings along. */
function command(file: Dockerfile): string {
  const chain = file.final ? chainOf(file.final) : [];
  const exposed = chain.flatMap(({ instructions }) => instructions.filter(({ name }) => name === "EXPOSE"));
  const [word] = exposed.flatMap(({ words }) => words);
  const port = /^\d+/.exec(word?.value ?? "")?.[0] ?? "8080";
  const base = chain.at(-1)?.base;
  const small = base?.kind === "image" && /alpine|busybox/.test(base.image.text);
  return small
    ? `wget -q --spider http://localhost:${port}/health || exit 1`
    : `curl -fsS http://localhost:${port}/health || exit 1`;
}
