// Sources of modules as Terraform tells them apart. Source: Terraform language, "Module Sources"; go-getter's detectors.

export type ModuleSource =
  | { readonly kind: "registry" }
  /** git or Mercurial, with what its query asks for. */
  | { readonly kind: "repository"; readonly revision?: string }
  /** A folder, an archive, a bucket, an image: each says by itself which one it is. */
  | { readonly kind: "other" };

const registry = /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\/)?[\w-]+\/[\w-]+\/[a-z0-9]+(?:\/\/.*)?$/i;
const repository =
  /^(?:git|hg)::|^git@|^(?:github\.com|bitbucket\.org|gitlab\.com)\/|^ssh:\/\/|^git:\/\/|^[\w.-]+@[\w.-]+:|^https?:\/\/[^?]+\.git(?:[/?]|$)/;

/** What kind of source a text names. */
export function moduleSource(text: string): ModuleSource {
  if (/^(?:\.{1,2}(?:\/|$)|\/|[A-Za-z]:[\\/])/.test(text)) return { kind: "other" };
  if (repository.test(text)) {
    const query = text.slice(text.indexOf("?") + 1 || text.length).split("&");
    const key = text.startsWith("hg::") ? "rev=" : "ref=";
    const revision = query.find((part) => part.startsWith(key))?.slice(key.length);
    return { kind: "repository", ...(revision && { revision }) };
  }
  return { kind: registry.test(text) ? "registry" : "other" };
}
