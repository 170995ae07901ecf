// Containers that run as root, or that nothing keeps from it.

import {
  type Container,
  type Effective,
  type KubernetesFile,
  type Pod,
  securityOf,
} from "../../languages/kubernetes/model.js";
import { at, type Finding, type Fix, type Resolved, replace, resolved, rule, snippet, suggest } from "../../rule.js";
import { completeness, containersOf, extend, whenEdited } from "./_container.js";

export default rule({
  on: "kubernetes",
  title: "Run containers as a non-root user",
  why: "Root in a container is root on the node once the container is broken out of, and may write whatever it mounts. With runAsNonRoot the kubelet refuses to start an image that would run as root; a runAsUser above 0 sets the user outright.",
  severity: "warning",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, Container Best Practices",
  alsoKnownAs: [
    "kube-linter run-as-non-root",
    "kube-score container-security-context-user-group-id",
    "polaris runAsRootAllowed",
    "checkov CKV_K8S_23",
    "checkov CKV_K8S_40",
    "trivy KSV-0012",
    "trivy KSV-0105",
    "kics cf34805e",
  ],

  *check(file, _options, workspace) {
    const isComplete = completeness(file, "security", workspace);
    for (const { object, pod, container } of containersOf(file)) {
      if (pod.os === "windows") yield* judgeWindows(pod, container);
      else yield* judge(file, pod, container, () => pod.os === "other" && isComplete(object));
    }
  },
});

function* judge(file: KubernetesFile, pod: Pod, container: Container, isComplete: () => boolean): Generator<Finding> {
  const { runAsUser, runAsNonRoot, privileged } = securityOf(pod, container);
  const { called } = container;
  const [user, nonRoot] = [runAsUser.field, runAsNonRoot.field];
  const isRefused = nonRoot.state === "set" && nonRoot.value;
  // For a privileged container the user matters less than the privilege, which has a rule of its own.
  const severity = privileged.state === "set" && privileged.value ? (["information"] as const) : [];
  if (user.state === "set") {
    if (user.value !== 0) return;
    const place = runAsUser.from === "container" ? user.span : container.span;
    const fixes = setUser(file, container, runAsUser);
    const reason = `runAsUser is 0${origin(runAsUser)}`;
    const found = effective(runAsUser, runAsNonRoot);
    if (isRefused)
      yield at(place, `${called} cannot start: runAsNonRoot is true and ${reason}`, "error", ...fixes, found);
    else yield at(place, `${called} runs as root: ${reason}`, ...severity, ...fixes, found);
    return;
  }
  if (user.state === "unknown" || nonRoot.state === "unknown" || isRefused || !isComplete()) return;
  const fixes = setNonRoot(file, container, runAsNonRoot);
  const [place, reason] =
    nonRoot.state === "absent"
      ? [container.span, "neither it nor its pod sets runAsNonRoot or runAsUser"]
      : [
          runAsNonRoot.from === "container" ? nonRoot.span : container.span,
          `runAsNonRoot is false${origin(runAsNonRoot)}`,
        ];
  yield at(place, `${called} may run as root: ${reason}`, ...severity, ...fixes, effective(runAsUser, runAsNonRoot));
}

/** On Windows `runAsUser` means nothing: users have names, and a process on the node is the privilege rule's affair. */
function* judgeWindows(pod: Pod, container: Container): Generator<Finding> {
  const { windowsUser, hostProcess } = securityOf(pod, container);
  const { field, from } = windowsUser;
  if (hostProcess.field.state !== "absent" || field.state !== "set") return;
  if (!/(?:^|\\)(?:ContainerAdministrator|Administrator|SYSTEM)$/i.test(field.value)) return;
  yield at(
    from === "container" ? field.span : container.span,
    `${container.called} runs as administrator: runAsUserName is "${field.value}"${origin(windowsUser)}`,
  );
}

/** Both settings as they hold for the container, each with where it stands. */
const effective = (user: Effective<number>, nonRoot: Effective<boolean>): Resolved =>
  resolved(`runAsUser ${settingOf(user)}, runAsNonRoot ${settingOf(nonRoot)}`);

const settingOf = ({ field, from }: Effective<unknown>): string =>
  field.state === "set" ? `${field.value} (from the ${from})` : field.state === "absent" ? "not set" : "not known";

const origin = ({ from }: Effective<unknown>): string => (from === "pod" ? " in its pod" : "");

function setUser(
  file: KubernetesFile,
  { called, tree }: Container,
  { field, from }: Effective<number>,
): readonly Fix[] {
  const title = `Run ${called} as another user`;
  const user = `\${1:10001}`;
  if (from === "container" && field.state === "set") return [snippet(title, replace(field.span, user))];
  return whenEdited(extend(file, tree, { securityContext: { runAsUser: user } }), (...edits) =>
    snippet(title, ...edits),
  );
}

function setNonRoot(
  file: KubernetesFile,
  { called, tree }: Container,
  { field, from }: Effective<boolean>,
): readonly Fix[] {
  const title = `Refuse to start ${called} as root`;
  if (from === "container" && field.state === "set") return [suggest(title, replace(field.span, "true"))];
  return whenEdited(extend(file, tree, { securityContext: { runAsNonRoot: true } }), (...edits) =>
    suggest(title, ...edits),
  );
}
