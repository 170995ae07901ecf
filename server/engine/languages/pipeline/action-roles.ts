// Which GitHub actions and which GitLab templates tell what a job is for. Data only, collected from the marketplace and
// from GitLab's manual; `actions.ts` reads it.
//
// An action is named by the start of `owner/name/path` in lower case, `*` any characters; `name=value` behind it asks for
// an input. Actions stand between commas.

import type { Role } from "./model.js";

export interface ActionGroup {
  readonly role: Role;
  readonly actions: string;
  /** Serves other ends as well: with a name that says the same it counts, alone it does not. */
  readonly weak?: true;
  readonly infrastructure?: true;
}

export const actionGroups: readonly ActionGroup[] = [
  {
    role: "deploy",
    actions: `
      aws-actions/amazon-ecs-deploy-task-definition, aws-actions/amazon-ecs-deploy-express-service, aws-actions/aws-lambda-deploy,
      appleboy/lambda-action, einaregilsson/beanstalk-deploy, azure/webapps-deploy, azure/webapps-container-deploy,
      azure/functions-action, azure/functions-container-action, azure/k8s-deploy, azure/static-web-apps-deploy action=upload,
      azure/container-apps-deploy-action, azure/aci-deploy, azure/spring-apps-deploy, google-github-actions/deploy-cloudrun,
      google-github-actions/deploy-appengine, google-github-actions/deploy-cloud-functions,
      google-github-actions/create-cloud-deploy-release, firebaseextended/action-hosting-deploy, superfly/flyctl-actions args=deploy*,
      akhileshns/heroku-deploy, amondnet/vercel-action, nwtgck/actions-netlify, cloudflare/wrangler-action, cloudflare/pages-action,
      serverless/github-action args=*deploy*, digitalocean/app_action, octopusdeploy/deploy-release, octopusdeploy/create-release-action,
      deliverybot/helm, redhat-actions/oc-new-app, caprover/deploy-from-github, dokku/github-action, easingthemes/ssh-deploy, burnett01/rsync-deployments,
      samkirkland/ftp-deploy-action, wlixcc/sftp-deploy-action, deployphp/action, johnbeynon/render-deploy-action,
      koyeb/action-git-deploy, nais/deploy/actions/deploy, tencentcloudbase/cloudbase-action`,
  },
  {
    role: "deploy",
    infrastructure: true,
    actions: `
      aws-actions/aws-cloudformation-github-deploy, azure/arm-deploy, azure/bicep-deploy operation=create, pulumi/actions command=up*,
      hashicorp/tfc-workflows-github/actions/apply-run, dflook/terraform-apply, dflook/tofu-apply,
      youyo/aws-cdk-github-actions cdk_subcommand=deploy*, gruntwork-io/terragrunt-action tg_command=*apply*`,
  },
  {
    role: "deploy",
    weak: true,
    actions: `
      appleboy/ssh-action, appleboy/scp-action, jakejarvis/s3-sync-action, dawidd6/action-ansible-playbook, actions-hub/kubectl,
      stefanprodan/kube-tools, steebchen/kubectl, peter-evans/repository-dispatch, benc-uk/workflow-dispatch,
      octopusdeploy/run-runbook-action`,
  },
  {
    role: "plan",
    actions: `
      dflook/terraform-plan, dflook/tofu-plan, pulumi/actions command=preview, hashicorp/tfc-workflows-github/actions/create-run,
      hashicorp/tfc-workflows-github/actions/plan-output, youyo/aws-cdk-github-actions cdk_subcommand=diff,
      gruntwork-io/terragrunt-action tg_command=*plan*`,
  },
  {
    role: "test",
    actions: `
      actions-rs/cargo command=test, actions-rs/tarpaulin, gradle/gradle-build-action arguments=*test*,
      gradle/gradle-build-action arguments=*build*, gradle/gradle-build-action arguments=*check*, gradle/actions arguments=*test*,
      gradle/actions arguments=*build*, gradle/actions arguments=*check*, matlab-actions/run-tests, helm/chart-testing-action,
      dflook/terraform-test, instrumenta/conftest-action, reactivecircus/android-emulator-runner, php-actions/phpunit,
      nick-fields/retry command=*test*, nick-invision/retry command=*test*, gabrielbb/xvfb-action run=*test*,
      coactions/setup-xvfb run=*test*, julia-actions/julia-runtest, r-lib/actions/check-r-package, game-ci/unity-test-runner,
      microsoft/vstest-action, devcontainers/ci runcmd=*test*`,
  },
  {
    role: "test",
    weak: true,
    actions: `
      codecov/codecov-action, coverallsapp/github-action, dorny/test-reporter, enricomi/publish-unit-test-result-action,
      mikepenz/action-junit-report, phoenix-actions/test-reporting, test-summary/action, scacap/action-surefire-report,
      irongut/codecoveragesummary, paambaati/codeclimate-action`,
  },
  {
    role: "integration",
    actions: `
      cypress-io/github-action, microsoft/playwright-github-action, grafana/k6-action, grafana/run-k6-action, artilleryio/action-cli,
      datadog/synthetics-ci-github-action, treosh/lighthouse-ci-action, matt-ball/newman-action, mobile-dev-inc/action-maestro-cloud`,
  },
  {
    role: "lint",
    actions: `
      super-linter/super-linter, github/super-linter, oxsecurity/megalinter, golangci/golangci-lint-action, pre-commit/action,
      psf/black, astral-sh/ruff-action, hadolint/hadolint-action, ludeeus/action-shellcheck, ibiqlik/action-yamllint, reviewdog/,
      wearerequired/lint-action, wagoid/commitlint-github-action, davidanson/markdownlint-cli2-action, stackrox/kube-linter-action,
      dflook/terraform-fmt-check, dflook/terraform-validate, actions-rs/clippy-check, actions-rs/cargo command=clippy,
      actions-rs/cargo command=fmt, sonarsource/, codacy/codacy-analysis-cli-action, crate-ci/typos, bufbuild/buf-lint-action,
      cpp-linter/cpp-linter-action, raven-actions/actionlint, ansible/ansible-lint, jetbrains/qodana-action`,
  },
  {
    role: "security",
    actions: `
      github/codeql-action, aquasecurity/trivy-action, aquasecurity/tfsec, snyk/actions, anchore/scan-action, anchore/sbom-action,
      gitleaks/gitleaks-action, trufflesecurity/trufflehog, bridgecrewio/checkov-action, checkmarx/, returntocorp/semgrep-action,
      semgrep/semgrep-action, actions/dependency-review-action, ossf/scorecard-action, docker/scout-action, zaproxy/, veracode/,
      microsoft/security-devops-action, fossas/fossa-action, gitguardian/ggshield, securego/gosec, golang/govulncheck-action,
      google/osv-scanner-action, pypa/gh-action-pip-audit, pyupio/safety, azure/container-scan, crazy-max/ghaction-container-scan,
      sysdiglabs/scan-action, stackhawk/hawkscan-action, rustsec/audit-check, actions-rs/audit-check, kubescape/github-action,
      dependency-check/dependency-check_action, zizmorcore/zizmor-action, jfrog/frogbot`,
  },
  {
    role: "build",
    actions: `
      docker/build-push-action, docker/bake-action, redhat-actions/buildah-build, redhat-actions/s2i-build, azure/k8s-bake,
      actions/jekyll-build-pages, actions-rs/cargo command=build, mr-smithers-excellent/docker-build-push,
      elgohr/publish-docker-github-action, devcontainers/ci, hashicorp/packer-github-actions, withastro/action`,
  },
  {
    role: "publish",
    actions: `
      actions/deploy-pages, actions/upload-pages-artifact, peaceiris/actions-gh-pages, jamesives/github-pages-deploy-action,
      crazy-max/ghaction-github-pages, mhausenblas/mkdocs-deploy-gh-pages, pypa/gh-action-pypi-publish, js-devtools/npm-publish,
      softprops/action-gh-release, ncipollo/release-action, actions/create-release, actions/upload-release-asset,
      goreleaser/goreleaser-action, changesets/action, googleapis/release-please-action, google-github-actions/release-please-action,
      cycjimmy/semantic-release-action, helm/chart-releaser-action, redhat-actions/push-to-registry, katyo/publish-crates,
      rubygems/release-gem, slsa-framework/slsa-github-generator, r0adkll/upload-google-play, haaleo/publish-vscode-extension,
      10up/action-wordpress-plugin-deploy`,
  },
  {
    role: "approval",
    actions: "trstringer/manual-approval",
  },
  {
    role: "health",
    actions:
      "jtalk/url-health-check-action, nev7n/wait_for_response, cygnetdigital/wait_for_response, ifaxity/wait-on-action",
  },
  {
    role: "notify",
    actions: `
      slackapi/slack-github-action, 8398a7/action-slack, rtcamp/action-slack-notify, act10ns/slack, ravsamhq/notify-slack-action,
      skitionek/notify-microsoft-teams, jdcargile/ms-teams-notification, dawidd6/action-send-mail, sarisia/actions-status-discord,
      ilshidur/action-discord, ilshidur/action-slack, appleboy/telegram-action, appleboy/discord-action, pagerduty/,
      mattermost/action-mattermost-notify`,
  },
];

/** Actions that give the job a cluster of its own: what is deployed there is deployed for a test. */
export const throwawayActions = `
  helm/kind-action, container-tools/kind-action, engineerd/setup-kind, medyagh/setup-minikube, manusa/actions-setup-minikube,
  absaoss/k3d-action, nolar/setup-k3d-k3s, jupyterhub/action-k3s-helm, balchua/microk8s-actions, localstack/setup-localstack`;

/** Templates that GitLab ships, without `.gitlab-ci.yml` and `.latest`, and what their jobs do; other templates are unknown. */
export const gitlabTemplates: Readonly<Record<string, readonly Role[]>> = Object.fromEntries([
  ...["SAST", "SAST-IaC", "Secret-Detection", "Dependency-Scanning", "Container-Scanning", "License-Scanning"].flatMap(
    (name) => [name, `Security/${name}`, `Jobs/${name}`].map((key) => [key, ["security"]]),
  ),
  ...["DAST", "DAST-API", "API-Fuzzing", "API-Security", "Coverage-Fuzzing", "Cluster-Image-Scanning"].flatMap((name) =>
    [name, `Security/${name}`].map((key) => [key, ["security"]]),
  ),
  ...["Code-Quality", "Jobs/Code-Quality"].map((key) => [key, ["lint"]]),
  ...["Workflows/Branch-Pipelines", "Workflows/MergeRequest-Pipelines"].map((key) => [key, []]),
]);
