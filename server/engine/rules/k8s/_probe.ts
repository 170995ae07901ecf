// The rules that ask for a probe, one a probe: they differ in the probe and in what it means to be without.

import { items, look, numberOf, type Tree, textOf } from "../../languages/kubernetes/look.js";
import type { Container, KubernetesFile, KubernetesObject } from "../../languages/kubernetes/model.js";
import { isLongRunning } from "../../languages/kubernetes/workload.js";
import { at, type Fix, type Rule, rule, type Severity, snippet, type Workspace } from "../../rule.js";
import { escapeSnippet } from "../../snippet.js";
import { completeness, extend, whenEdited } from "./_container.js";

interface ProbeFacts {
  readonly probe: "liveness" | "readiness";
  readonly title: string;
  readonly why: string;
  readonly alsoKnownAs: readonly string[];
  /** A path that is asked often, to start from. */
  readonly example: string;
  /** What makes it worse for a container of an object to be without: a clause for the message, and the severity then. */
  readonly worse?: (
    file: KubernetesFile,
    object: KubernetesObject,
    workspace: Workspace,
  ) => (container: Container) => Worse | undefined;
}

interface Worse {
  readonly clause: string;
  readonly severity: Severity;
}

/** The rule that every container that runs for good has a probe. */
export const probeRule = ({ probe, example, worse, ...about }: ProbeFacts): Rule =>
  rule({
    on: "kubernetes",
    ...about,
    severity: "warning",
    profile: "recommended",
    phase: 3,
    standard: "Engineer Instructions, Kubernetes Best Practices",

    *check(file, _options, workspace) {
      const isComplete = completeness(file, probe, workspace);
      for (const object of file.objects) {
        if (!object.pod || !isLongRunning(object)) continue;
        const bare = object.pod.containers.filter((one) => canHang(one) && lacks(one.tree, `${probe}Probe`));
        if (bare.length === 0 || !isComplete(object)) continue;
        const worseFor = worse?.(file, object, workspace);
        for (const container of bare) {
          const more = worseFor?.(container);
          yield at(
            container.span,
            `${container.called} has no ${probe} probe${more?.clause ?? ""}`,
            ...(more ? [more.severity] : []),
            ...addProbe(file, container, probe, example),
          );
        }
      }
    },
  });

/** Whether a container does work for good. The "pause" of Kubernetes only holds a pod's place, and can be asked nothing. */
const canHang = ({ role, image }: Container): boolean =>
  role === "main" && !(image.state === "set" && /(?:^|\/)pause(?:-\w+)?(?:[:@]|$)/.test(image.value));

/** Whether a container is known to have nothing, or only an empty map, under a key. */
function lacks(tree: Tree, key: string): boolean {
  const found = look(tree, key);
  if (typeof found === "string") return found === "absent";
  return found.node.type === "map" && found.node.entries.length === 0 && look(found, "httpGet") === "absent";
}

function addProbe(file: KubernetesFile, { tree, called }: Container, probe: string, example: string): readonly Fix[] {
  const key = `${probe}Probe`;
  const edits = extend(file, tree, {
    [key]: { httpGet: { path: `\${1:${example}}`, port: `\${2:${portOf(tree)}}` }, periodSeconds: `\${3:10}` },
  });
  // Nobody but the author knows what to ask.
  const noted = edits.map((edit) => ({
    ...edit,
    text: edit.text.replace(/(httpGet:)(?=\r?\n)/, "$1 # TODO: ask what tells that it works"),
  }));
  return whenEdited(noted, (...all) => snippet(`Add a ${probe} probe to ${called}`, ...all));
}

/** The container's first port, by its name where it has one. */
function portOf(tree: Tree): string {
  const [port] = items(look(tree, "ports"));
  const name = port ? textOf(look(port, "name")) : undefined;
  if (name?.state === "set") return escapeSnippet(name.value);
  const number = port ? numberOf(look(port, "containerPort")) : undefined;
  return number?.state === "set" ? String(number.value) : "8080";
}
