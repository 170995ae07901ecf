// Which commands and jobs of CircleCI orbs tell what a job is for. Data only, collected from the orb registry;
// `circleci-steps.ts` reads it. An orb is known by the name that it has in the registry, without its namespace.

import type { ActionGroup } from "./action-roles.js";

export const orbGroups: readonly ActionGroup[] = [
  {
    role: "deploy",
    actions: `
      aws-ecs/deploy*, aws-ecs/update-service, aws-ecs/update_service, aws-eks/update-container-image, aws-eks/create-or-update-*,
      aws-elastic-beanstalk/deploy, aws-code-deploy/deploy*, aws-lambda/deploy*, aws-sam-serverless/deploy, serverless-framework/deploy,
      gcp-cloud-run/deploy, gcp-gke/rollout-image, gcp-gke/update-kubeconfig-*deploy*, gcp-appengine/deploy, cloud-run/deploy,
      azure-aks/update-container-image, kubernetes/create-or-update-resource, kubernetes/update-container-image,
      helm/upgrade-helm-chart, helm/upgrade_helm_chart, helm/install-helm-chart, helm/install_helm_chart, heroku/deploy*,
      heroku/push-docker-image, heroku/release-docker-image, netlify/deploy*, vercel/deploy, fly/deploy, flyctl/deploy,
      firebase-deploy/deploy, cloudfoundry/*deploy*, cloudfoundry/*push*, argocd/app_sync, argocd/sync, capistrano/deploy,
      docker/swarm-deploy, aws-s3-and-cloudfront/deploy, wrangler/deploy, convox/deploy`,
  },
  {
    role: "deploy",
    infrastructure: true,
    actions:
      "terraform/apply, terragrunt/apply, pulumi/update, aws-cdk/deploy, aws-cloudformation/deploy, cloudformation/deploy, ansible-playbook/*deploy*",
  },
  {
    role: "deploy",
    weak: true,
    actions: "aws-s3/sync, aws-s3/copy, ansible-playbook/playbook, kubernetes/*, gcp-storage/*",
  },
  { role: "plan", actions: "terraform/plan, terragrunt/plan, pulumi/preview, aws-cdk/diff" },
  {
    role: "test",
    actions: `
      node/test, node/run pkg-script=*test*, python/test, ruby/rspec-test, ruby/minitest, ruby/cucumber-test, maven/test, gradle/test,
      go/test, php/test, rust/test, elixir/test, android/run-tests, android/run-unit-tests, android/run-ui-tests, macos/*test*,
      flutter/test, dotnet/test, win/run-tests, circleci-cli/*validate*, knapsack/*`,
  },
  { role: "test", weak: true, actions: "codecov/*, coveralls/*, codeclimate/*, buildevents/*" },
  {
    role: "integration",
    actions:
      "cypress/run, cypress/run-tests, cypress-io/*, browserstack/*, saucelabs/*, ghostinspector/*, k6/*, postman/*, newman/*, browser-tools/*test*, katalon/*",
  },
  {
    role: "lint",
    actions:
      "node/run pkg-script=*lint*, ruby/rubocop-check, shellcheck/*, go/*lint*, golangci/*, super-linter/*, hadolint/*, docker/hadolint, docker/dockerlint, sonarcloud/scan, sonarscanner/*, pre-commit/*, terraform/fmt, terraform/validate, rust/clippy, rust/format, swiftlint/*, detekt/*",
  },
  {
    role: "security",
    actions:
      "snyk/*, trivy/*, anchore/*, aqua*/*, semgrep/*, checkov/*, gitguardian/*, ggshield/*, whitesource/*, veracode/*, sysdig/*, twistlock/*, prisma*/*, fossa/*, secret-hub/*, gitleaks/*, probely/*, stackhawk/*, zap/*, dependency-check/*, owasp*/*, lacework/*, wiz/*, secops/*",
  },
  {
    role: "build",
    actions:
      "docker/build, docker/publish, aws-ecr/build-and-push-image, aws-ecr/build_and_push_image, aws-ecr/build-image, aws-ecr/build_image, gcp-gcr/build*, gcr/build*, gcp-artifact-registry/build*, azure-acr/build*, android/build, go/build, rust/build, maven/*build*, gradle/build, node/run pkg-script=build*, buildpacks/build, hugo/hugo-build, jib/*",
  },
  {
    role: "publish",
    actions:
      "docker/push, aws-ecr/push-image, aws-ecr/push_image, gcr/push*, gcp-gcr/push*, azure-acr/push*, gh/release, github-release/*, npm-publisher/*, node/publish, orb-tools/publish, semantic-release/*, artifactory/*, jfrog/*, pypi/*, twine/*, helm/push*",
  },
  {
    role: "health",
    actions: "kubernetes/get-rollout-status, aws-ecs/verify-revision-is-deployed, aws-ecs/verify_revision_is_deployed",
  },
  { role: "notify", actions: "slack/*, jira/notify, discord/*, ms-teams/*, msteams/*, pagerduty/*" },
  { role: "approval", actions: "slack-approval/*" },
];

/** Commands of orbs that get tools and logins ready; no work hides in them. */
export const preparingOrbs =
  /\/(?:install|setup|login|auth|configure|init|checkout|restore|save|attach|cache|with|update-kubeconfig|default)/;
