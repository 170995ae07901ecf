// Images that a tag names: whoever may push to the registry can put another image behind it.

import { matchesImage, parseImage, pinningOf } from "../../image.js";
import { kustomized } from "../../languages/kubernetes/kustomize.js";
import { at, option, rule } from "../../rule.js";
import { containersOf } from "./_container.js";
import { written } from "./_image.js";

export default rule({
  on: "kubernetes",
  title: "Pin container images by digest",
  why: "A tag is a name that can be moved; a digest is the content itself. With it every node runs the very image that was tested and signed, whatever is pushed later. It costs an update of the manifest with every release, which a bot or the pipeline can do.",
  severity: "hint",
  profile: "opt-in",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Principles",
  alsoKnownAs: ["checkov CKV_K8S_43", "kics 7c81d34c"],
  options: {
    exempt: option.strings([], "Images that may go without a digest; * stands for any characters"),
  },

  *check(file, { exempt }, workspace) {
    const built = kustomized(file, workspace);
    for (const { container } of containersOf(file)) {
      const { image } = container;
      if (image.state !== "set" || image.value.startsWith("ko://")) continue;
      const reference = parseImage(image.value);
      const pinning = pinningOf(reference, []);
      if (pinning === "digest" || pinning === "unknown") continue;
      if (exempt.some((pattern) => matchesImage(reference, pattern))) continue;
      const name = image.value.slice(0, reference.path.span.end);
      if (built().retags(name, "digest") || workspace.facts("skaffold.artifact", name).length > 0) continue;
      yield at(image, `"${written(file.text, image.span).text}" has no digest`);
    }
  },
});
