// Containers that nothing restarts when they hang.

import { probeRule } from "./_probe.js";

export default probeRule({
  probe: "liveness",
  example: "/livez",
  title: "Give every container a liveness probe",
  why: "The kubelet restarts a container whose process ends, not one that hangs: a deadlock or a full queue stays until somebody notices. A liveness probe asks the process itself. It belongs on containers that run for good; jobs and init containers end by themselves. Keep it cheap and free of other systems, or their outage restarts this one as well.",
  alsoKnownAs: [
    "kube-linter no-liveness-probe",
    "kube-score pod-probes",
    "polaris livenessProbeMissing",
    "checkov CKV_K8S_8",
    "kics ade74944",
  ],
});
