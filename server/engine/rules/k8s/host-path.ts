// Pods that mount folders or sockets through which the node can be taken over.

import { like } from "../../image.js";
import { items, look, textOf } from "../../languages/kubernetes/look.js";
import { at, option, rule } from "../../rule.js";

export default rule({
  on: "kubernetes",
  title: "Keep the node's system folders out of pods",
  why: "Who can write the node's /etc or talk to its container runtime owns the node: a new user, a cron job or a privileged container is one file or one request away. Read-only mounts still show keys and other pods' secrets.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Role Definition, Security",
  alsoKnownAs: [
    "kube-linter sensitive-host-mounts",
    "kube-linter docker-sock",
    "polaris hostPathSet",
    "checkov CKV_K8S_27",
    "trivy KSV-0006",
    "trivy KSV-0023",
    "sonar S6429",
    "sonar S6433",
  ],
  options: {
    paths: option.strings(
      [
        "/",
        "/boot",
        "/dev",
        "/etc",
        "/etc/kubernetes",
        "/etc/kubernetes/*",
        "/lib",
        "/proc",
        "/root",
        "/root/*",
        "/run",
        "/sys",
        "/usr",
        "/var",
        "/var/lib",
        "/var/lib/docker",
        "/var/lib/etcd",
        "/var/lib/kubelet",
        "/var/run",
        "*/containerd.sock",
        "*/cri-dockerd.sock",
        "*/crio.sock",
        "*/docker.sock",
        "*/podman.sock",
      ],
      "Paths of the node that no pod may mount; * stands for any characters",
    ),
  },

  *check({ objects }, { paths }) {
    for (const { pod, called } of objects)
      for (const volume of pod ? items(look(pod.spec, "volumes")) : []) {
        const path = textOf(look(volume, "hostPath", "path"));
        if (path.state !== "set") continue;
        const plain = normalized(path.value);
        if (paths.some((pattern) => like(plain, pattern))) yield at(path, `${called} mounts "${plain}" of its node`);
      }
  },
});

/** A path without doubled or trailing slashes and without "." and ".."; Windows' drives and backslashes stay. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return path.startsWith("/") ? `/${parts.join("/")}` : path;
}
