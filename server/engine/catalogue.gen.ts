// Derived by scripts/gen.ts from the folder rules/: the path of a rule is its id.
import alertActionableContext from "./rules/alert/actionable-context.js";
import alertCriticalClasses from "./rules/alert/critical-classes.js";
import alertDescription from "./rules/alert/description.js";
import alertDuplicate from "./rules/alert/duplicate.js";
import alertForDuration from "./rules/alert/for-duration.js";
import alertNoThreshold from "./rules/alert/no-threshold.js";
import alertRedCoverage from "./rules/alert/red-coverage.js";
import alertRouting from "./rules/alert/routing.js";
import alertRunbookResolves from "./rules/alert/runbook-resolves.js";
import alertRunbook from "./rules/alert/runbook.js";
import alertSeverity from "./rules/alert/severity.js";
import alertSloBased from "./rules/alert/slo-based.js";
import alertSummary from "./rules/alert/summary.js";
import alertSymptomVsCause from "./rules/alert/symptom-vs-cause.js";
import alertSyntax from "./rules/alert/syntax.js";
import alertTemplateLabels from "./rules/alert/template-labels.js";
import docPhaseGate from "./rules/doc/phase-gate.js";
import docPhaseOrder from "./rules/doc/phase-order.js";
import docPhaseOutputMissing from "./rules/doc/phase-output-missing.js";
import docPhaseOutputSections from "./rules/doc/phase-output-sections.js";
import docPhaseTrackerDrift from "./rules/doc/phase-tracker-drift.js";
import docPhaseTracker from "./rules/doc/phase-tracker.js";
import dockerCopyAllWithoutDockerignore from "./rules/docker/copy-all-without-dockerignore.js";
import dockerDefaultCredentials from "./rules/docker/default-credentials.js";
import dockerDigestPin from "./rules/docker/digest-pin.js";
import dockerExposeManagementPort from "./rules/docker/expose-management-port.js";
import dockerHealthcheck from "./rules/docker/healthcheck.js";
import dockerImageTag from "./rules/docker/image-tag.js";
import dockerMultiStage from "./rules/docker/multi-stage.js";
import dockerNoSudo from "./rules/docker/no-sudo.js";
import dockerNonRootUser from "./rules/docker/non-root-user.js";
import dockerPackagePin from "./rules/docker/package-pin.js";
import dockerSecretFileCopied from "./rules/docker/secret-file-copied.js";
import dockerSecretInEnvArg from "./rules/docker/secret-in-env-arg.js";
import dockerSecretLiteral from "./rules/docker/secret-literal.js";
import dockerTlsVerificationOff from "./rules/docker/tls-verification-off.js";
import dockerUserNumeric from "./rules/docker/user-numeric.js";
import k8sAutoscaling from "./rules/k8s/autoscaling.js";
import k8sCertAutoRenew from "./rules/k8s/cert-auto-renew.js";
import k8sCpuLimit from "./rules/k8s/cpu-limit.js";
import k8sDangerousCapabilities from "./rules/k8s/dangerous-capabilities.js";
import k8sHostNamespaces from "./rules/k8s/host-namespaces.js";
import k8sHostPath from "./rules/k8s/host-path.js";
import k8sHpaMinReplicas from "./rules/k8s/hpa-min-replicas.js";
import k8sHpaStaticReplicas from "./rules/k8s/hpa-static-replicas.js";
import k8sImageDigest from "./rules/k8s/image-digest.js";
import k8sImageTag from "./rules/k8s/image-tag.js";
import k8sIngressTls from "./rules/k8s/ingress-tls.js";
import k8sLivenessProbe from "./rules/k8s/liveness-probe.js";
import k8sManagementPort from "./rules/k8s/management-port.js";
import k8sMemoryLimit from "./rules/k8s/memory-limit.js";
import k8sMinReplicas from "./rules/k8s/min-replicas.js";
import k8sMonitoringMissing from "./rules/k8s/monitoring-missing.js";
import k8sNamespaceRequired from "./rules/k8s/namespace-required.js";
import k8sNetworkPolicy from "./rules/k8s/network-policy.js";
import k8sNoPrivileged from "./rules/k8s/no-privileged.js";
import k8sPdbBlocksEviction from "./rules/k8s/pdb-blocks-eviction.js";
import k8sPodDisruptionBudget from "./rules/k8s/pod-disruption-budget.js";
import k8sPreferExternalSecret from "./rules/k8s/prefer-external-secret.js";
import k8sPrivilegeEscalation from "./rules/k8s/privilege-escalation.js";
import k8sProbesIdentical from "./rules/k8s/probes-identical.js";
import k8sPublicExposure from "./rules/k8s/public-exposure.js";
import k8sRbacClusterAdmin from "./rules/k8s/rbac-cluster-admin.js";
import k8sRbacWildcard from "./rules/k8s/rbac-wildcard.js";
import k8sReadinessProbe from "./rules/k8s/readiness-probe.js";
import k8sResourceRequests from "./rules/k8s/resource-requests.js";
import k8sRollbackPossible from "./rules/k8s/rollback-possible.js";
import k8sRolloutStrategy from "./rules/k8s/rollout-strategy.js";
import k8sRunAsNonRoot from "./rules/k8s/run-as-non-root.js";
import k8sSecretInConfigmap from "./rules/k8s/secret-in-configmap.js";
import k8sSecretInEnv from "./rules/k8s/secret-in-env.js";
import k8sSecretManifestPlaintext from "./rules/k8s/secret-manifest-plaintext.js";
import k8sServiceAccountToken from "./rules/k8s/service-account-token.js";
import k8sSpread from "./rules/k8s/spread.js";
import pipelineApprovalGate from "./rules/pipeline/approval-gate.js";
import pipelineBackupBeforeDeploy from "./rules/pipeline/backup-before-deploy.js";
import pipelineBuildEveryCommit from "./rules/pipeline/build-every-commit.js";
import pipelineBuildOnce from "./rules/pipeline/build-once.js";
import pipelineCoverageThreshold from "./rules/pipeline/coverage-threshold.js";
import pipelineDeploymentStrategy from "./rules/pipeline/deployment-strategy.js";
import pipelineEnvironmentDeclared from "./rules/pipeline/environment-declared.js";
import pipelineFridayDeploy from "./rules/pipeline/friday-deploy.js";
import pipelineGateBypassed from "./rules/pipeline/gate-bypassed.js";
import pipelineHealthCheckAfterDeploy from "./rules/pipeline/health-check-after-deploy.js";
import pipelineIacNonprodFirst from "./rules/pipeline/iac-nonprod-first.js";
import pipelineIacValidate from "./rules/pipeline/iac-validate.js";
import pipelineImageScan from "./rules/pipeline/image-scan.js";
import pipelineImmutableArtifact from "./rules/pipeline/immutable-artifact.js";
import pipelineImperativeProductionChange from "./rules/pipeline/imperative-production-change.js";
import pipelineIntegrationAfterStaging from "./rules/pipeline/integration-after-staging.js";
import pipelineLeastPrivilegeToken from "./rules/pipeline/least-privilege-token.js";
import pipelineMigrationStaged from "./rules/pipeline/migration-staged.js";
import pipelineNoDirectProduction from "./rules/pipeline/no-direct-production.js";
import pipelineNoPlaintextSecret from "./rules/pipeline/no-plaintext-secret.js";
import pipelineNotify from "./rules/pipeline/notify.js";
import pipelinePerformanceGate from "./rules/pipeline/performance-gate.js";
import pipelinePinActions from "./rules/pipeline/pin-actions.js";
import pipelinePinImages from "./rules/pipeline/pin-images.js";
import pipelineRequiredStages from "./rules/pipeline/required-stages.js";
import pipelineRollbackTested from "./rules/pipeline/rollback-tested.js";
import pipelineRollback from "./rules/pipeline/rollback.js";
import pipelineSecretInLog from "./rules/pipeline/secret-in-log.js";
import pipelineSecretOverShared from "./rules/pipeline/secret-over-shared.js";
import pipelineSecurityScanIgnored from "./rules/pipeline/security-scan-ignored.js";
import pipelineSecurityScan from "./rules/pipeline/security-scan.js";
import pipelineSmokeAfterProduction from "./rules/pipeline/smoke-after-production.js";
import pipelineSshDeploy from "./rules/pipeline/ssh-deploy.js";
import pipelineStageOrder from "./rules/pipeline/stage-order.js";
import pipelineStagingBypass from "./rules/pipeline/staging-bypass.js";
import pipelineTerraformPlanReview from "./rules/pipeline/terraform-plan-review.js";
import pipelineTestBeforeDeploy from "./rules/pipeline/test-before-deploy.js";
import pipelineTestFailureIgnored from "./rules/pipeline/test-failure-ignored.js";
import pipelineTimeout from "./rules/pipeline/timeout.js";
import pipelineTrunkBased from "./rules/pipeline/trunk-based.js";
import terraformAuditLogging from "./rules/terraform/audit-logging.js";
import terraformBackupEncrypted from "./rules/terraform/backup-encrypted.js";
import terraformBackupRetention from "./rules/terraform/backup-retention.js";
import terraformCredentialRotation from "./rules/terraform/credential-rotation.js";
import terraformCrossRegionCopy from "./rules/terraform/cross-region-copy.js";
import terraformDefaultCredentials from "./rules/terraform/default-credentials.js";
import terraformEncryptionAtRest from "./rules/terraform/encryption-at-rest.js";
import terraformEncryptionInTransit from "./rules/terraform/encryption-in-transit.js";
import terraformEnvironmentSeparation from "./rules/terraform/environment-separation.js";
import terraformHealthCheck from "./rules/terraform/health-check.js";
import terraformIamLongLivedKeys from "./rules/terraform/iam-long-lived-keys.js";
import terraformIamWildcard from "./rules/terraform/iam-wildcard.js";
import terraformImmutableRegistry from "./rules/terraform/immutable-registry.js";
import terraformLifecycleProtection from "./rules/terraform/lifecycle-protection.js";
import terraformLockfileCommitted from "./rules/terraform/lockfile-committed.js";
import terraformModuleReadme from "./rules/terraform/module-readme.js";
import terraformModuleVersionPinned from "./rules/terraform/module-version-pinned.js";
import terraformNetworkSegmentation from "./rules/terraform/network-segmentation.js";
import terraformNoHardcodedAmi from "./rules/terraform/no-hardcoded-ami.js";
import terraformNoHardcodedInstanceType from "./rules/terraform/no-hardcoded-instance-type.js";
import terraformNoHardcodedResourceId from "./rules/terraform/no-hardcoded-resource-id.js";
import terraformNoHardcodedSecret from "./rules/terraform/no-hardcoded-secret.js";
import terraformNoImperativeProvisioner from "./rules/terraform/no-imperative-provisioner.js";
import terraformNoPublicAccess from "./rules/terraform/no-public-access.js";
import terraformNoPublicIngress from "./rules/terraform/no-public-ingress.js";
import terraformNoPublicManagementPort from "./rules/terraform/no-public-management-port.js";
import terraformNotVersionControlled from "./rules/terraform/not-version-controlled.js";
import terraformProviderVersionPinned from "./rules/terraform/provider-version-pinned.js";
import terraformRemoteState from "./rules/terraform/remote-state.js";
import terraformRequiredTags from "./rules/terraform/required-tags.js";
import terraformRequiredVersion from "./rules/terraform/required-version.js";
import terraformSensitiveVariable from "./rules/terraform/sensitive-variable.js";
import terraformSinglePointOfFailure from "./rules/terraform/single-point-of-failure.js";
import terraformStateEncryption from "./rules/terraform/state-encryption.js";
import terraformStateFileCommitted from "./rules/terraform/state-file-committed.js";
import terraformStateLocking from "./rules/terraform/state-locking.js";
import terraformTagsConsistent from "./rules/terraform/tags-consistent.js";
import terraformTfvarsSecret from "./rules/terraform/tfvars-secret.js";
import terraformUseModules from "./rules/terraform/use-modules.js";
import terraformVariablesDocumented from "./rules/terraform/variables-documented.js";
import traceK8sAnnotation from "./rules/trace/k8s-annotation.js";
import type { Rule } from "./rule.js";

export const catalogue: Readonly<Record<string, Rule>> = {
  "alert/actionable-context": alertActionableContext,
  "alert/critical-classes": alertCriticalClasses,
  "alert/description": alertDescription,
  "alert/duplicate": alertDuplicate,
  "alert/for-duration": alertForDuration,
  "alert/no-threshold": alertNoThreshold,
  "alert/red-coverage": alertRedCoverage,
  "alert/routing": alertRouting,
  "alert/runbook-resolves": alertRunbookResolves,
  "alert/runbook": alertRunbook,
  "alert/severity": alertSeverity,
  "alert/slo-based": alertSloBased,
  "alert/summary": alertSummary,
  "alert/symptom-vs-cause": alertSymptomVsCause,
  "alert/syntax": alertSyntax,
  "alert/template-labels": alertTemplateLabels,
  "doc/phase-gate": docPhaseGate,
  "doc/phase-order": docPhaseOrder,
  "doc/phase-output-missing": docPhaseOutputMissing,
  "doc/phase-output-sections": docPhaseOutputSections,
  "doc/phase-tracker-drift": docPhaseTrackerDrift,
  "doc/phase-tracker": docPhaseTracker,
  "docker/copy-all-without-dockerignore": dockerCopyAllWithoutDockerignore,
  "docker/default-credentials": dockerDefaultCredentials,
  "docker/digest-pin": dockerDigestPin,
  "docker/expose-management-port": dockerExposeManagementPort,
  "docker/healthcheck": dockerHealthcheck,
  "docker/image-tag": dockerImageTag,
  "docker/multi-stage": dockerMultiStage,
  "docker/no-sudo": dockerNoSudo,
  "docker/non-root-user": dockerNonRootUser,
  "docker/package-pin": dockerPackagePin,
  "docker/secret-file-copied": dockerSecretFileCopied,
  "docker/secret-in-env-arg": dockerSecretInEnvArg,
  "docker/secret-literal": dockerSecretLiteral,
  "docker/tls-verification-off": dockerTlsVerificationOff,
  "docker/user-numeric": dockerUserNumeric,
  "k8s/autoscaling": k8sAutoscaling,
  "k8s/cert-auto-renew": k8sCertAutoRenew,
  "k8s/cpu-limit": k8sCpuLimit,
  "k8s/dangerous-capabilities": k8sDangerousCapabilities,
  "k8s/host-namespaces": k8sHostNamespaces,
  "k8s/host-path": k8sHostPath,
  "k8s/hpa-min-replicas": k8sHpaMinReplicas,
  "k8s/hpa-static-replicas": k8sHpaStaticReplicas,
  "k8s/image-digest": k8sImageDigest,
  "k8s/image-tag": k8sImageTag,
  "k8s/ingress-tls": k8sIngressTls,
  "k8s/liveness-probe": k8sLivenessProbe,
  "k8s/management-port": k8sManagementPort,
  "k8s/memory-limit": k8sMemoryLimit,
  "k8s/min-replicas": k8sMinReplicas,
  "k8s/monitoring-missing": k8sMonitoringMissing,
  "k8s/namespace-required": k8sNamespaceRequired,
  "k8s/network-policy": k8sNetworkPolicy,
  "k8s/no-privileged": k8sNoPrivileged,
  "k8s/pdb-blocks-eviction": k8sPdbBlocksEviction,
  "k8s/pod-disruption-budget": k8sPodDisruptionBudget,
  "k8s/prefer-external-secret": k8sPreferExternalSecret,
  "k8s/privilege-escalation": k8sPrivilegeEscalation,
  "k8s/probes-identical": k8sProbesIdentical,
  "k8s/public-exposure": k8sPublicExposure,
  "k8s/rbac-cluster-admin": k8sRbacClusterAdmin,
  "k8s/rbac-wildcard": k8sRbacWildcard,
  "k8s/readiness-probe": k8sReadinessProbe,
  "k8s/resource-requests": k8sResourceRequests,
  "k8s/rollback-possible": k8sRollbackPossible,
  "k8s/rollout-strategy": k8sRolloutStrategy,
  "k8s/run-as-non-root": k8sRunAsNonRoot,
  "k8s/secret-in-configmap": k8sSecretInConfigmap,
  "k8s/secret-in-env": k8sSecretInEnv,
  "k8s/secret-manifest-plaintext": k8sSecretManifestPlaintext,
  "k8s/service-account-token": k8sServiceAccountToken,
  "k8s/spread": k8sSpread,
  "pipeline/approval-gate": pipelineApprovalGate,
  "pipeline/backup-before-deploy": pipelineBackupBeforeDeploy,
  "pipeline/build-every-commit": pipelineBuildEveryCommit,
  "pipeline/build-once": pipelineBuildOnce,
  "pipeline/coverage-threshold": pipelineCoverageThreshold,
  "pipeline/deployment-strategy": pipelineDeploymentStrategy,
  "pipeline/environment-declared": pipelineEnvironmentDeclared,
  "pipeline/friday-deploy": pipelineFridayDeploy,
  "pipeline/gate-bypassed": pipelineGateBypassed,
  "pipeline/health-check-after-deploy": pipelineHealthCheckAfterDeploy,
  "pipeline/iac-nonprod-first": pipelineIacNonprodFirst,
  "pipeline/iac-validate": pipelineIacValidate,
  "pipeline/image-scan": pipelineImageScan,
  "pipeline/immutable-artifact": pipelineImmutableArtifact,
  "pipeline/imperative-production-change": pipelineImperativeProductionChange,
  "pipeline/integration-after-staging": pipelineIntegrationAfterStaging,
  "pipeline/least-privilege-token": pipelineLeastPrivilegeToken,
  "pipeline/migration-staged": pipelineMigrationStaged,
  "pipeline/no-direct-production": pipelineNoDirectProduction,
  "pipeline/no-plaintext-secret": pipelineNoPlaintextSecret,
  "pipeline/notify": pipelineNotify,
  "pipeline/performance-gate": pipelinePerformanceGate,
  "pipeline/pin-actions": pipelinePinActions,
  "pipeline/pin-images": pipelinePinImages,
  "pipeline/required-stages": pipelineRequiredStages,
  "pipeline/rollback-tested": pipelineRollbackTested,
  "pipeline/rollback": pipelineRollback,
  "pipeline/secret-in-log": pipelineSecretInLog,
  "pipeline/secret-over-shared": pipelineSecretOverShared,
  "pipeline/security-scan-ignored": pipelineSecurityScanIgnored,
  "pipeline/security-scan": pipelineSecurityScan,
  "pipeline/smoke-after-production": pipelineSmokeAfterProduction,
  "pipeline/ssh-deploy": pipelineSshDeploy,
  "pipeline/stage-order": pipelineStageOrder,
  "pipeline/staging-bypass": pipelineStagingBypass,
  "pipeline/terraform-plan-review": pipelineTerraformPlanReview,
  "pipeline/test-before-deploy": pipelineTestBeforeDeploy,
  "pipeline/test-failure-ignored": pipelineTestFailureIgnored,
  "pipeline/timeout": pipelineTimeout,
  "pipeline/trunk-based": pipelineTrunkBased,
  "terraform/audit-logging": terraformAuditLogging,
  "terraform/backup-encrypted": terraformBackupEncrypted,
  "terraform/backup-retention": terraformBackupRetention,
  "terraform/credential-rotation": terraformCredentialRotation,
  "terraform/cross-region-copy": terraformCrossRegionCopy,
  "terraform/default-credentials": terraformDefaultCredentials,
  "terraform/encryption-at-rest": terraformEncryptionAtRest,
  "terraform/encryption-in-transit": terraformEncryptionInTransit,
  "terraform/environment-separation": terraformEnvironmentSeparation,
  "terraform/health-check": terraformHealthCheck,
  "terraform/iam-long-lived-keys": terraformIamLongLivedKeys,
  "terraform/iam-wildcard": terraformIamWildcard,
  "terraform/immutable-registry": terraformImmutableRegistry,
  "terraform/lifecycle-protection": terraformLifecycleProtection,
  "terraform/lockfile-committed": terraformLockfileCommitted,
  "terraform/module-readme": terraformModuleReadme,
  "terraform/module-version-pinned": terraformModuleVersionPinned,
  "terraform/network-segmentation": terraformNetworkSegmentation,
  "terraform/no-hardcoded-ami": terraformNoHardcodedAmi,
  "terraform/no-hardcoded-instance-type": terraformNoHardcodedInstanceType,
  "terraform/no-hardcoded-resource-id": terraformNoHardcodedResourceId,
  "terraform/no-hardcoded-secret": terraformNoHardcodedSecret,
  "terraform/no-imperative-provisioner": terraformNoImperativeProvisioner,
  "terraform/no-public-access": terraformNoPublicAccess,
  "terraform/no-public-ingress": terraformNoPublicIngress,
  "terraform/no-public-management-port": terraformNoPublicManagementPort,
  "terraform/not-version-controlled": terraformNotVersionControlled,
  "terraform/provider-version-pinned": terraformProviderVersionPinned,
  "terraform/remote-state": terraformRemoteState,
  "terraform/required-tags": terraformRequiredTags,
  "terraform/required-version": terraformRequiredVersion,
  "terraform/sensitive-variable": terraformSensitiveVariable,
  "terraform/single-point-of-failure": terraformSinglePointOfFailure,
  "terraform/state-encryption": terraformStateEncryption,
  "terraform/state-file-committed": terraformStateFileCommitted,
  "terraform/state-locking": terraformStateLocking,
  "terraform/tags-consistent": terraformTagsConsistent,
  "terraform/tfvars-secret": terraformTfvarsSecret,
  "terraform/use-modules": terraformUseModules,
  "terraform/variables-documented": terraformVariablesDocumented,
  "trace/k8s-annotation": traceK8sAnnotation,
};
