// Images that change without a change in the file: no tag, or one that moves.

import { matchesImage, pinningOf } from "../../image.js";
import { at, option, rule } from "../../rule.js";
import { origin, reading, tagOf } from "./_image.js";

export default rule({
  on: ["dockerfile", "compose"],
  title: "Give images a specific tag",
  why: 'Without a tag, or with "latest", every build may get another image: what was tested is not what is deployed, and there is nothing to roll back to. A specific tag says what is inside; a digest proves it.',
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Container Best Practices",
  alsoKnownAs: [
    "hadolint DL3006",
    "hadolint DL3007",
    "checkov CKV_DOCKER_7",
    "trivy DS-0001",
    "kics 9efb0b2d",
    "kics f45ea400",
    "sonar S6596",
  ],
  options: {
    moving: option.strings(["latest"], "Tags that stand for another image from time to time"),
    exempt: option.strings([], "Images that may go without a tag; * stands for any characters"),
  },

  *check({ images, text }, { moving, exempt }) {
    for (const use of images) {
      if (exempt.some((pattern) => matchesImage(use.image, pattern))) continue;
      const pinning = pinningOf(use.image, moving);
      if (pinning === "none") yield at(use, `${origin(use)} has no tag, so it means "latest"`, ...reading(use));
      else if (pinning === "moving-tag")
        yield at(
          tagOf(use, text),
          `${origin(use)} has the tag "${use.image.tag?.text}", which moves with every release`,
          ...reading(use),
        );
    }
  },
});
