// How manifests may call the image that a Dockerfile builds: nothing in the file says it, so names around it count.

import { parseImage } from "../../image.js";
import type { Dockerfile } from "../../languages/dockerfile/model.js";
import type { Workspace } from "../../rule.js";

/**
 * Names in small letters, without registry and tag: of the folders the file stands in, of what its own name adds
 * (`Dockerfile.worker`, `worker.Dockerfile`), of Compose services built from it and of their images.
 */
export function imageNamesOf({ path }: Dockerfile, workspace: Workspace): readonly string[] {
  const folders = path.split("/");
  const file = folders.pop() ?? "";
  const own = file.replace(/^(?:dockerfile|containerfile)\.?|\.(?:dockerfile|containerfile)$/gi, "");
  const builds = workspace.facts("compose.build", path);
  const services = builds.flatMap(({ service, image }) => [service, ...(image === undefined ? [] : [lastName(image)])]);
  const names = [own, ...folders.slice(-3), ...services].map((name) => name.toLowerCase());
  return [...new Set(names)].filter((name) => name !== "");
}

const lastName = (image: string): string => parseImage(image).path.text.split("/").at(-1) ?? "";
