// Images that change without a change in the manifest: no tag, or one that moves.

import { type ImageReference, matchesImage, parseImage, pinningOf, repositoryOf } from "../../image.js";
import { kustomized } from "../../languages/kubernetes/kustomize.js";
import { at, option, type Resolved, resolved, rule, type Span } from "../../rule.js";
import { containersOf } from "./_container.js";
import { type Written, written } from "./_image.js";

export default rule({
  on: "kubernetes",
  title: "Give container images a specific tag",
  why: 'Without a tag, or with "latest", each node may start another image: replicas of one workload differ, and a rollback brings nothing back. A specific tag says what runs; a digest proves it.',
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Container Best Practices",
  alsoKnownAs: [
    "kube-linter latest-tag",
    "kube-score container-image-tag",
    "polaris tagNotSpecified",
    "checkov CKV_K8S_14",
    "trivy KSV-0013",
    "kics 583053b7",
    "sonar S6596",
  ],
  options: {
    moving: option.strings(["latest"], "Tags that stand for another image from time to time"),
    exempt: option.strings([], "Images that may go without a tag; * stands for any characters"),
  },

  *check(file, { moving, exempt }, workspace) {
    const built = kustomized(file, workspace);
    for (const { tag, digest, name } of file.kustomization?.images ?? [])
      if (tag && !digest && moving.includes(tag.value))
        yield at(tag.span, `"${name}" gets the tag "${tag.value}", which moves with every release`);
    for (const { container } of containersOf(file)) {
      const { image } = container;
      if (image.state !== "set" || image.value.startsWith("ko://")) continue;
      const reference = parseImage(image.value);
      const pinning = pinningOf(reference, moving);
      if (pinning !== "none" && pinning !== "moving-tag") continue;
      if (exempt.some((pattern) => matchesImage(reference, pattern))) continue;
      const name = image.value.slice(0, reference.path.span.end);
      if (built().retags(name) || workspace.facts("skaffold.artifact", name).length > 0) continue;
      const source = written(file.text, image.span);
      if (pinning === "moving-tag")
        yield at(
          tagOf(image, source, reference),
          `"${source.text}" has the tag "${reference.tag?.text}", which moves with every release`,
          ...fullName(reference),
        );
      else if (!built().fragment)
        yield at(image, `"${source.text}" has no tag, so it means "latest"`, ...fullName(reference));
    }
  },
});

/** The image as the kubelet asks for it, with the registry and the tag that it puts in. */
function fullName(reference: ImageReference): readonly Resolved[] {
  const name = repositoryOf(reference);
  return name === undefined ? [] : [resolved(`${name}:${reference.tag?.text ?? "latest"}`)];
}

/** The tag itself where the image is written out, else all of it. */
function tagOf(image: { readonly value: string; readonly span: Span }, source: Written, { tag }: ImageReference): Span {
  if (!tag || source.text !== image.value) return image.span;
  return { start: source.start + tag.span.start, end: source.start + tag.span.end };
}
