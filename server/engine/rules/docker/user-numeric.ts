// Users by name, which the kubelet cannot tell from root.

import { finalStageTitle } from "../../languages/dockerfile/model.js";
import { at, rule } from "../../rule.js";

export default rule({
  on: "dockerfile",
  title: "Name the user by its number",
  why: "With runAsNonRoot the kubelet refuses an image whose USER is a name: which number the name has is written inside the image, where it does not look. A number starts everywhere.",
  severity: "information",
  profile: "opt-in",
  phase: 3,
  standard: "Engineer Instructions, Container Best Practices",
  alsoKnownAs: ["hadolint DL3066"],

  *check(file) {
    const { user, final } = file;
    if (!final || !user?.instruction || user.root !== false || /^\d+$/.test(user.name)) return;
    // Users of Windows have no numbers.
    if (/\\|^Container(?:User|Administrator)$/i.test(user.name)) return;
    const own = user.stage === final;
    const place = own ? user.instruction.words[0] : final.baseWord;
    yield at(
      place ?? user.instruction.keyword,
      `${finalStageTitle(file)} runs as "${user.name}", a name that runAsNonRoot cannot check`,
    );
  },
});
