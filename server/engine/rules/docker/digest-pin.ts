// Images that are named by a tag, which their publisher can move.

import { matchesImage, pinningOf } from "../../image.js";
import { at, option, rule } from "../../rule.js";
import { origin, reading } from "./_image.js";

export default rule({
  on: ["dockerfile", "compose"],
  title: "Pin images to a digest",
  why: "A tag is a name that its publisher may give to another image at any time; a digest is the image itself. Pinned to one, the build of an old commit gives what it gave then, and an image that was swapped in the registry does not get in.",
  severity: "hint",
  profile: "opt-in",
  phase: 3,
  standard: "Engineer Instructions, Pipeline Principles",
  alsoKnownAs: ["sonar S7023"],
  options: { exempt: option.strings([], "Images that may go without a digest; * stands for any characters") },

  *check({ images }, { exempt }) {
    for (const use of images) {
      if (exempt.some((pattern) => matchesImage(use.image, pattern))) continue;
      const pinning = pinningOf(use.image);
      if (pinning === "digest" || pinning === "unknown") continue;
      yield at(use.span, `${origin(use)} has no digest, so it is whatever its tag stands for today`, ...reading(use));
    }
  },
});
