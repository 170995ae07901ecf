// Images of jobs and services that change without a change in the pipeline: no tag, or one that moves.

import { matchesImage, parseImage, pinningOf } from "../../image.js";
import type { ImageUse } from "../../languages/pipeline/model.js";
import { at, option, type Place, rule } from "../../rule.js";

export default rule({
  on: "pipeline",
  title: "Give the images of a pipeline a specific tag",
  why: 'A job in an image without a tag, or with "latest", runs other tools tomorrow than today: the same commit passes and fails, and what was built cannot be built again. A specific tag holds the tools still.',
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Container Best Practices",
  alsoKnownAs: [
    "checkov CKV_AZUREPIPELINES_1",
    "checkov CKV_AZUREPIPELINES_2",
    "checkov CKV_CIRCLECIPIPELINES_1",
    "checkov CKV_CIRCLECIPIPELINES_2",
    "zizmor unpinned-images",
  ],
  options: {
    moving: option.strings(["latest"], "Tags that stand for another image from time to time"),
    digests: option.boolean(false, "A tag is a finding as well, as information: only a digest counts as pinned"),
    exempt: option.strings([], "Images that may go without a tag; * stands for any characters"),
  },

  *check({ images, text }, { moving, digests, exempt }) {
    for (const use of images) {
      const image = parseImage(use.text);
      if (exempt.some((pattern) => matchesImage(image, pattern))) continue;
      const pinning = pinningOf(image, moving);
      if (pinning === "none") yield at(use.span, `${nameOf(use)} has no tag, so it means "latest"`);
      else if (pinning === "moving-tag")
        yield at(
          tagIn(use, image.tag, text),
          `${nameOf(use)} has the tag "${image.tag?.text}", which moves with every release`,
        );
      else if (pinning === "tag" && digests)
        yield at(use.span, `${nameOf(use)} has no digest, and its tag can be moved`, "information");
    }
  },
});

const kinds = { job: "image", service: "service", step: "image" } as const;

const nameOf = ({ kind, text, from }: ImageUse): string =>
  `${kinds[kind]} "${text.trim()}"${from === undefined ? "" : ` (by "${from}")`}`;

/** The tag itself where it is written out, else the whole image or the value that brings it in. */
function tagIn({ span, text: image }: ImageUse, tag: Place | undefined, text: string): Place {
  if (!tag || !("span" in tag) || text.slice(span.start, span.end) !== image) return span;
  return { start: span.start + tag.span.start, end: span.start + tag.span.end };
}
