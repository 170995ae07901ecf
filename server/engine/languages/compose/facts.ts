// What a Compose file says to the other files of the workspace: what is built from where, and who it runs as.

import type { Fact } from "../../workspace.js";
import type { ComposeFile } from "./model.js";

export interface ComposeFacts {
  /** By the path of the Dockerfile that a service is built from. */
  "compose.build": ComposeBuild;
  /** By the folder of the file: the services for which it names a user. */
  "compose.user": { readonly service: string };
}

export interface ComposeBuild {
  readonly service: string;
  /** The folder that the build gets to see. */
  readonly context: string;
  /** What is built is called so. */
  readonly image?: string;
  readonly healthcheck: boolean;
}

export function facts({ services, folder }: ComposeFile): readonly Fact[] {
  return services.flatMap(({ name, build, image, user, healthcheck }) => {
    const found: Fact[] = user ? [{ kind: "compose.user", key: folder, value: { service: name } }] : [];
    if (build?.dockerfile !== undefined && build.context !== undefined) {
      const value = { service: name, context: build.context, healthcheck, ...(image?.known && { image: image.text }) };
      found.push({ kind: "compose.build", key: build.dockerfile, value });
    }
    return found;
  });
}
