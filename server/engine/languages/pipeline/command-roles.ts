// Which commands tell what a job is for. Data only, collected from the manuals of the tools; `commands.ts` reads it.
//
// A pattern is a program and words that its arguments hold in this order; patterns stand between commas. Flags and their
// values may stand between the words, `…` lets any words stand there. `a|b` is either, `*` any characters. `+x` asks for
// an argument anywhere, `!x` forbids one.
//
// Decided here: handing out packages, images, releases, charts or documents is `publish` and not `deploy`, because
// nothing that runs is changed by it.

import type { Role, Tier } from "./model.js";

export interface CommandGroup {
  readonly role: Role;
  readonly patterns: string;
  /** Serves other ends as well: with a name that says the same it counts, alone it does not. */
  readonly weak?: true;
  readonly tier?: Tier;
  readonly infrastructure?: true;
}

const noTests = "!-DskipTests* !-Dmaven.test.skip* !-DskipITs=none";

export const commandGroups: readonly CommandGroup[] = [
  {
    role: "test",
    patterns: `
      npm test|t|tst|it, yarn test, pnpm test|t, bun test, deno test, node +--test, jest, vitest, mocha, ava, karma start,
      ng test, jasmine, react-scripts test, web-test-runner, nx test, nx affected|run-many|affected:test … *test*,
      turbo … test*, lerna run test*,
      pytest, py.test, tox, nox, nosetests, stestr, behave, robot, coverage run, trial, hatch test,
      python|python3 +pytest, python|python3 +unittest, python|python3 +nose, python|python3 manage.py|setup.py test,
      go test, gotestsum, ginkgo, cargo test|nextest|tarpaulin|llvm-cov, cross test, dotnet test|vstest,
      vstest.console*, nunit3-console*,
      mvn|mvnw|mvnd … test|verify|package|install|integration-test|deploy ${noTests},
      gradle|gradlew|gradlew.bat … test|check|build|*:test|*:check|*:build|*Test|*Tests !-x,
      sbt … test|+test|*/test|*test, lein test|midje, clojure|clj … *test*, scala-cli test, bazel|bazelisk test|coverage,
      buck|buck2|please|plz|pants test, rspec, rails test*|spec, minitest, cucumber, phpunit, pest, codecept run,
      php artisan test, phpspec run, paratest, behat, mix test|coveralls*, rebar3 eunit|ct|proper, swift test,
      xcodebuild … test|test-without-building, fastlane … test|tests|scan, flutter|dart test, melos … *test*, ctest,
      meson test, bats, prove, shellspec, R CMD check, stack test, cabal test|v2-test|new-test, dune test|runtest,
      zig … test, nimble test, crystal spec, elm-test, forge|hardhat|truffle|anchor|brownie test, dub test, busted,
      terraform|tofu test, conftest test|verify, opa test, helm unittest|test, ct lint-and-install|install,
      container-structure-test test, goss validate, dgoss run, inspec exec, kitchen test|verify|converge,
      molecule test|verify|converge, promtool test, dbt test|build, Invoke-Pester, earthly … +*test*, dagger … *test*`,
  },
  {
    role: "integration",
    patterns: `
      cypress run, playwright test, newman run, wdio, protractor, ng e2e, nightwatch, testcafe, codeceptjs run,
      detox test, maestro test|cloud, dredd, schemathesis run, k6 run, artillery run, locust, jmeter, hurl +--test,
      tavern-ci, bru run, datadog-ci synthetics`,
  },
  {
    role: "lint",
    patterns: `
      eslint, prettier, biome check|lint|ci, oxlint, tslint, stylelint, tsc +--noEmit, ng lint, next lint, deno lint|fmt,
      markdownlint*, commitlint, cspell, flake8, pylint, ruff, black, isort, mypy, pyright, pycodestyle,
      python|python3 +flake8, python|python3 +pylint, python|python3 +mypy, python|python3 +ruff, pre-commit run, yapf,
      golangci-lint, gofmt, goimports, gofumpt, go vet|fmt, staticcheck, golint, revive, cargo clippy|fmt|check, rustfmt,
      rubocop, standardrb, reek, haml-lint, phpcs, phpstan, psalm, php-cs-fixer, pint, composer validate, ktlint, detekt,
      mvn|mvnw … checkstyle:*|spotless:check|pmd:*|spotbugs:*, gradle|gradlew … *lint*|*detekt*|*spotless*|*checkstyle*,
      scalafmt, scalafix, swiftlint, swiftformat, dotnet format, clang-format*, clang-tidy*, cppcheck, mix format|credo|dialyzer,
      dart|flutter analyze|format, luacheck, hlint, shellcheck, shfmt, hadolint, yamllint, actionlint, ansible-lint,
      cfn-lint, helm lint, kubeval, kubeconform, kube-linter, kube-score, polaris audit, datree, terraform|tofu fmt|validate,
      terragrunt validate|hclfmt|validate-all, tflint !--init !--version, packer validate|fmt, ansible-playbook +--syntax-check, promtool check,
      buf lint|breaking, spectral lint, redocly lint, sqlfluff lint, sonar-scanner, nx lint, nx affected|run-many … *lint*,
      turbo … lint*, ct lint`,
  },
  {
    role: "security",
    patterns: `
      trivy, grype, snyk test|container|code|iac|monitor, semgrep, opengrep, bandit, safety check|scan, pip-audit,
      python|python3 +bandit, npm audit, yarn audit, yarn npm audit, pnpm audit, retire, gosec, govulncheck, nancy,
      cargo audit|deny, brakeman, bundle-audit, bundler-audit, composer audit, local-php-security-checker,
      dotnet list … +--vulnerable, mvn|mvnw … *dependency-check*, gradle|gradlew … *dependencyCheck*, dependency-check*,
      osv-scanner, checkov, tfsec, terrascan, kics, kubesec, kubescape, kubeaudit, docker scout|scan, dockle, syft,
      gitleaks, trufflehog, detect-secrets*, git-secrets, ggshield, codeql, zap*, nikto, nuclei, horusec, mix sobelow,
      zizmor, twistcli, prowler, cosign verify, mobsfscan`,
  },
  {
    role: "build",
    patterns: `
      webpack, vite build, rollup, esbuild, parcel build, next build, nuxt build|generate, ng build, gatsby build,
      react-scripts build, astro build, tsc !--noEmit, nx build, nx affected|run-many … *build*, turbo … build*,
      docker build|buildx|bake, docker image build, docker compose … build, docker-compose … build,
      podman|buildah|nerdctl build|bud, executor +--context*, executor +--dockerfile*, pack build, jib, ko build, s2i build,
      packer build, skaffold build, bazel|bazelisk build, go build|install, cargo build, cross build,
      mvn|mvnw|mvnd … compile|package|install|verify|deploy,
      gradle|gradlew|gradlew.bat … build|assemble*|bootJar|jar|shadowJar|installDist|bootBuildImage|*:build|*:assemble*,
      sbt … compile|package|assembly|stage|dist|docker:*|Docker/*, lein uberjar|jar, ant, dotnet build|publish|pack, msbuild*,
      xcodebuild, swift build, flutter build, mix compile|release, stack build, cabal build, cmake +--build, ninja,
      python|python3 setup.py sdist|bdist_wheel|build, python|python3 -m build, poetry|hatch|uv|flit|pdm build, gem build,
      hugo, jekyll build, mkdocs build, sphinx-build, helm package, sam build, zig build, crystal build`,
  },
  {
    role: "publish",
    patterns: `
      npm publish, yarn publish, yarn npm publish, pnpm publish, lerna publish, changeset publish, semantic-release,
      release-it, twine upload, poetry|flit|uv|pdm|hatch publish, python|python3 +twine, cargo publish, gem push,
      mvn|mvnw|mvnd … deploy|release:perform, gradle|gradlew … publish*|*:publish*|uploadArchives,
      sbt … publish*|+publish*|ci-release, lein deploy, dotnet nuget push, nuget push, docker push, docker image push,
      podman|buildah|nerdctl push, docker compose push, docker-compose push, crane push|copy|cp|append, skopeo copy|sync,
      oras push, helm push|cm-push, cr upload|index, goreleaser, gh release, glab release, release-cli create, mix hex.publish,
      conan upload, jfrog|jf rt, cloudsmith push, gh-pages, git push … *gh-pages*, mkdocs gh-deploy, mike deploy, docusaurus deploy,
      vsce|ovsx publish, fastlane … supply|deliver|pilot|beta|release, eas submit, snapcraft upload, chromatic`,
  },
  {
    role: "plan",
    patterns: `
      terraform|tofu plan, terragrunt plan|plan-all, terragrunt run-all|run … plan, pulumi preview, cdk diff|synth, cdktf diff|synth,
      aws cloudformation create-change-set|validate-template, sam validate, az deployment … what-if|validate, helm diff|template,
      helmfile diff|lint, kubectl diff, kubectl apply|create|replace +--dry-run*, helm upgrade|install +--dry-run*,
      oc apply|create +--dry-run*, ansible-playbook +--check, nomad job plan, nomad plan, argocd app diff, atmos terraform plan`,
  },
  {
    role: "deploy",
    infrastructure: true,
    patterns: `
      terraform|tofu apply !-destroy !--destroy, terragrunt apply|apply-all !-destroy, terragrunt run-all|run … apply !-destroy,
      atmos terraform apply|deploy, pulumi up|update, cdk deploy, cdktf deploy|apply,
      aws cloudformation deploy|create-stack|update-stack|execute-change-set !--no-execute-changeset, rain deploy,
      az deployment … create, az group deployment create, az stack … create, gcloud deployment-manager deployments create|update`,
  },
  {
    role: "deploy",
    patterns: `
      kubectl apply|replace !--dry-run* !view-last-applied !set-last-applied, kubectl set image, kubectl rollout restart,
      kubectl argo rollouts set|promote, kubectl-argo-rollouts set|promote, oc apply|replace|new-app !--dry-run*,
      oc rollout latest|restart, oc set image, helm upgrade|install !--dry-run*, helmfile apply|sync, helmsman +--apply,
      werf converge, kapp deploy, tk apply, skaffold run|deploy|apply, devspace deploy, argocd app sync|set, flux reconcile,
      kluctl deploy, nomad job run, nomad run, waypoint up|deploy, docker stack deploy, docker service update|create,
      ecs-deploy, ecs deploy, ecspresso deploy, ecs-cli compose … up, copilot deploy, copilot svc|job deploy,
      aws ecs update-service|create-service, aws lambda update-function-code, aws deploy create-deployment,
      aws elasticbeanstalk update-environment, aws apprunner start-deployment|update-service, aws amplify start-deployment|start-job,
      aws cloudfront create-invalidation, eb deploy, sam deploy, serverless|sls|osls deploy, chalice deploy, zappa deploy|update,
      sst deploy, amplify publish|push, kamal deploy|redeploy, gcloud app|run|functions deploy, gcloud beta|alpha run|functions deploy,
      gcloud run services update|replace|update-traffic, gcloud deploy releases create|promote, firebase deploy,
      az webapp deploy|up, az webapp deployment source, az webapp config container set, az functionapp deploy,
      az functionapp deployment source, az containerapp up|update, azd deploy|up, func azure functionapp publish, swa deploy,
      fly|flyctl deploy, heroku container:release, heroku builds:create, cf push, ibmcloud ce app|application update|create, ibmcloud cf|app push,
      doctl apps create-deployment|update, doctl serverless deploy, railway up, netlify deploy +--prod*, netlify deploy +-p,
      vercel +--prod*, vercel promote, wrangler deploy|publish, wrangler pages deploy|publish, pm2 deploy|reload|startOrReload,
      cap … deploy*, mina … deploy*, dep deploy*, deployer deploy*, envoy run deploy*, octo|octopus deploy-release,
      octopus release deploy, databricks bundle deploy, sf project deploy, sfdx force:source:deploy, clever deploy, scalingo deploy,
      supabase functions deploy, ansible-playbook *deploy* !--check !--syntax-check, convox deploy, nixos-rebuild switch, colmena apply`,
  },
  {
    role: "deploy",
    tier: "review",
    patterns:
      "netlify deploy !--prod* !-p, vercel deploy !--prod*, firebase hosting:channel:deploy, okteto deploy|preview",
  },
  {
    role: "deploy",
    weak: true,
    patterns: `
      ssh, sshpass, scp, sftp, rsync, lftp, aws s3 sync|cp, s3cmd sync|put, gsutil … rsync|cp, gcloud storage cp|rsync,
      az storage blob upload*|sync, azcopy copy|sync, ansible-playbook !--check !--syntax-check, ansible, puppet apply,
      kubectl patch|scale|create|edit !--dry-run*, curl … *deploy*|*hook*, git push, docker-compose up, docker compose … up, systemctl restart|reload,
      gh workflow run`,
  },
  {
    role: "rollback",
    patterns: `
      helm upgrade|install +--atomic*, helm upgrade|install +--rollback-on-failure*, helmfile apply|sync +--atomic*,
      aws ecs … *deploymentCircuitBreaker*, aws cloudformation rollback-stack|cancel-update-stack, sam deploy !--disable-rollback,
      aws cloudformation deploy|create-stack|update-stack !--disable-rollback, rain deploy, cdk deploy !--no-rollback,
      kubectl rollout undo, oc rollout undo, oc rollback, helm rollback, argocd app rollback, kubectl argo rollouts undo|abort,
      aws deploy stop-deployment, aws elasticbeanstalk abort-environment-update, cf cancel-deployment, heroku rollback|releases:rollback,
      serverless|sls rollback, kamal rollback, cap … deploy:rollback, dep rollback, vercel rollback, wrangler rollback,
      docker service rollback, nomad job revert`,
  },
  {
    role: "health",
    patterns: `
      kubectl rollout status, oc rollout status, kubectl wait, oc wait, kubectl argo rollouts status, kubectl-argo-rollouts status,
      helm upgrade|install +--wait*, helm upgrade|install +--atomic*, helm upgrade|install +--rollback-on-failure*, helm test,
      helmfile apply|sync +--wait*, argocd app wait, flux reconcile !--no-wait*, kapp deploy, werf converge, kluctl deploy,
      aws ecs wait, aws deploy wait, aws elasticbeanstalk wait, aws cloudformation wait, aws lambda wait, aws elbv2 wait,
      ecspresso deploy|wait !--no-wait, copilot deploy, copilot svc deploy, fly|flyctl deploy, kamal deploy|redeploy,
      gcloud run deploy, nomad job run !-detach, nomad run !-detach, docker stack deploy +--detach=false,
      docker compose … up +--wait, docker-compose up +--wait, wait-on, wait-for-it*, dockerize +-wait,
      curl|wget|http|hurl … *health*|*ready*|*alive*|*livez*|*ping*|*status*`,
  },
  {
    role: "health",
    weak: true,
    patterns: "curl +--fail|-f|-fs|-sf|-sSf|-fsS !-o* !-O* !-L* !--output* !-X !-d !--data*",
  },
  {
    role: "notify",
    patterns: `
      curl … *hooks.slack.com*|*webhook.office.com*|*discord.com/api/webhooks*|*api.telegram.org*|*events.pagerduty.com*, sendmail, mail, mailx`,
  },
];

/** Commands that give the machine a cluster or a cloud of its own: what is deployed there is deployed for a test. */
export const throwaway = `
  kind create|load, minikube start, k3d cluster create, microk8s install|start|enable, k3s server, vcluster create,
  localstack start, ctlptl create|apply, k0s install|start, crc start`;

/** Commands that take down what the same job has put up: it was put up for a test. */
export const takeDown = `
  terraform|tofu destroy, terraform|tofu apply +-destroy, terragrunt destroy, terragrunt run-all destroy, pulumi destroy|down,
  cdk destroy, helm uninstall|delete, serverless|sls remove, aws cloudformation delete-stack, az group delete, sam delete`;

/** Programs that run the command in their arguments. */
export const wrappers: ReadonlySet<string> = new Set(
  `npx bunx pnpx bundle poetry pipenv uv uvx rye pdm hatch pipx conda mamba micromamba nix nix-shell devbox mise asdf direnv
  xvfb-run timeout retry nice ionice stdbuf unbuffer parallel xargs watch dotenv doppler op infisical chamber aws-vault vault
  cross-env env-cmd dotenvx docker docker-compose podman nerdctl kubectl oc bash sh zsh pwsh powershell cmd ssh sshpass su
  gosu runuser winpty script start-server-and-test concurrently lerna wait-on wait-for-it.sh travis_retry travis_wait
  yarn pnpm npm bun composer sg eval`.split(/\s+/),
);

/** Programs whose arguments name a target or script of the project: its name tells what it does. */
export const runners: readonly string[] = `
  npm run|run-script|rum, yarn run, yarn workspace, yarn, pnpm run, pnpm, bun run, bun, composer run|run-script, composer, make, gmake,
  mingw32-make, ninja, just, task, rake, invoke, inv, mage, tox -e, nox -s, hatch run, poe, pdm run, lerna run, rush, moon, turbo run, turbo,
  nx run, nx, grunt, gulp, ant, cargo make|xtask, deno task, earthly, doit, dagger call, npm-run-all, run-s, run-p, bin/rails, php artisan`
  .split(",")
  .map((runner) => runner.trim());
