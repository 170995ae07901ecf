// Ways into the cluster from outside that nobody is said to have reviewed.

import { like } from "../../image.js";
import { exposureOf } from "../../languages/kubernetes/exposure.js";
import { at, option, rule, snippet } from "../../rule.js";
import { whenEdited } from "./_container.js";
import { annotate, hasAnnotation, standsAlone } from "./_object.js";

export default rule({
  on: "kubernetes",
  title: "Review what is exposed to the public",
  why: "A LoadBalancer, a NodePort or an Ingress opens a way in for everyone, and a single line does it. An annotation that names the security review shows that somebody has looked at it, and whom to ask when it changes. Load balancers inside a private network need none.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Role Definition, Rule 5: Security by Default",
  alsoKnownAs: [
    "kube-linter exposed-services",
    "kube-score service-type",
    "kics 845acfbe",
    "kics 26763a1c",
    "trivy KSV-0108",
  ],
  options: {
    annotations: option.strings(["security-review"], "Annotations that name the review; one of them is enough"),
    internalClasses: option.strings(
      ["*internal*", "*private*", "tailscale"],
      "Classes of Ingresses and load balancers that stay in a private network; * stands for any characters",
    ),
  },

  *check(file, { annotations, internalClasses }, workspace) {
    const isReviewed = hasAnnotation(file, workspace, annotations);
    const alone = standsAlone(file, workspace, "exposure");
    const [wanted] = annotations;
    for (const object of file.objects) {
      const exposure = exposureOf(object, (name) => internalClasses.some((pattern) => like(name, pattern)));
      if (!exposure || isReviewed(object) || !alone(object)) continue;
      const by = exposure.by === undefined ? "" : ` (${exposure.by})`;
      const lack = wanted === undefined ? "" : `, without an annotation "${annotations.join('" or "')}"`;
      const edits = wanted === undefined ? [] : annotate(file, object, wanted, `\${1:SEC-001}`);
      yield at(
        exposure.place,
        `${object.called} is reachable from outside${by}${lack}`,
        ...whenEdited(edits, (...all) => snippet(`Name the review in an annotation "${wanted}"`, ...all)),
      );
    }
  },
});
