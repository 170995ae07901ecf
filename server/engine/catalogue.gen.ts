// Derived by scripts/gen.ts from the folder rules/: the path of a rule is its id.
import dockerImageTag from "./rules/docker/image-tag.js";
import dockerNonRootUser from "./rules/docker/non-root-user.js";
import dockerSecretInEnvArg from "./rules/docker/secret-in-env-arg.js";
import k8sCpuLimit from "./rules/k8s/cpu-limit.js";
import k8sDangerousCapabilities from "./rules/k8s/dangerous-capabilities.js";
import k8sHostNamespaces from "./rules/k8s/host-namespaces.js";
import k8sHostPath from "./rules/k8s/host-path.js";
import k8sImageDigest from "./rules/k8s/image-digest.js";
import k8sImageTag from "./rules/k8s/image-tag.js";
import k8sMemoryLimit from "./rules/k8s/memory-limit.js";
import k8sNoPrivileged from "./rules/k8s/no-privileged.js";
import k8sPrivilegeEscalation from "./rules/k8s/privilege-escalation.js";
import k8sResourceRequests from "./rules/k8s/resource-requests.js";
import k8sRunAsNonRoot from "./rules/k8s/run-as-non-root.js";
import pipelinePinImages from "./rules/pipeline/pin-images.js";
import pipelineStageOrder from "./rules/pipeline/stage-order.js";
import pipelineTestBeforeDeploy from "./rules/pipeline/test-before-deploy.js";
import terraformNoHardcodedSecret from "./rules/terraform/no-hardcoded-secret.js";
import terraformRemoteState from "./rules/terraform/remote-state.js";
import terraformRequiredTags from "./rules/terraform/required-tags.js";
import traceK8sAnnotation from "./rules/trace/k8s-annotation.js";
import type { Rule } from "./rule.js";

export const catalogue: Readonly<Record<string, Rule>> = {
  "docker/image-tag": dockerImageTag,
  "docker/non-root-user": dockerNonRootUser,
  "docker/secret-in-env-arg": dockerSecretInEnvArg,
  "k8s/cpu-limit": k8sCpuLimit,
  "k8s/dangerous-capabilities": k8sDangerousCapabilities,
  "k8s/host-namespaces": k8sHostNamespaces,
  "k8s/host-path": k8sHostPath,
  "k8s/image-digest": k8sImageDigest,
  "k8s/image-tag": k8sImageTag,
  "k8s/memory-limit": k8sMemoryLimit,
  "k8s/no-privileged": k8sNoPrivileged,
  "k8s/privilege-escalation": k8sPrivilegeEscalation,
  "k8s/resource-requests": k8sResourceRequests,
  "k8s/run-as-non-root": k8sRunAsNonRoot,
  "pipeline/pin-images": pipelinePinImages,
  "pipeline/stage-order": pipelineStageOrder,
  "pipeline/test-before-deploy": pipelineTestBeforeDeploy,
  "terraform/no-hardcoded-secret": terraformNoHardcodedSecret,
  "terraform/remote-state": terraformRemoteState,
  "terraform/required-tags": terraformRequiredTags,
  "trace/k8s-annotation": traceK8sAnnotation,
};
