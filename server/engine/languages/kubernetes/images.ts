// Which images the workloads of a file run, and whether probes tell their health: what a Dockerfile asks for.

import { parseImage } from "../../image.js";
import type { Fact } from "../../workspace.js";
import { look } from "./look.js";
import type { Container, KubernetesFile } from "./model.js";

/** An image that a container runs. */
export interface RunImage {
  /** Whether some probe may ask the container; what a template hides counts. */
  readonly probed: boolean;
}

/** A fact for every container that goes on running, by the last part of its image's name; by "" where that is hidden. */
export function imageFacts({ objects }: KubernetesFile): readonly Fact[] {
  return objects.flatMap(({ pod }) =>
    (pod?.containers ?? []).flatMap((container): readonly Fact[] => {
      if (container.role !== "main") return [];
      return [{ kind: "kubernetes.image", key: nameOf(container), value: { probed: isProbed(container) } }];
    }),
  );
}

const isProbed = ({ tree }: Container): boolean =>
  ["livenessProbe", "readinessProbe", "startupProbe"].some((probe) => look(tree, probe) !== "absent");

function nameOf({ image }: Container): string {
  const name = image.state === "set" ? (parseImage(image.value).path.text.split("/").at(-1) ?? "") : "";
  return /^[\w.-]+$/.test(name) ? name.toLowerCase() : "";
}
