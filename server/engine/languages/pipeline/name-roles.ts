// What words in the names of jobs, stages, steps, targets and scripts tell. Data only; `names.ts` reads it.

import type { Role, Tier } from "./model.js";

const listed = (words: string): readonly string[] => words.trim().split(/\s+/);

const table = <T>(words: Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(Object.entries(words).flatMap(([list, value]) => listed(list).map((word) => [word, value] as const)));

/** Words that stand for a role; a name is split at signs, spaces and camelCase. */
export const roleWords: ReadonlyMap<string, Role> = table<Role>({
  "deploy deploys deployment deploying redeploy rollout apply": "deploy",
  [`test tests testing tested unit unittest unittests spec specs rspec pytest jest vitest mocha phpunit junit tox coverage cov
    check checks verify verification validate validation qa ci quality regression selftest runtests testsuite`]: "test",
  "e2e integration acceptance cypress playwright selenium functional postman newman performance loadtest systemtest endtoend":
    "integration",
  "smoke smoketest smoketests sanity healthcheck healthchecks": "smoke",
  [`lint linter linters linting eslint format fmt formatting style codestyle prettier rubocop flake8 pylint mypy typecheck phpstan
    phpcs shellcheck hadolint yamllint tflint clippy vet ktlint checkstyle stylelint sonar sonarqube sonarcloud`]:
    "lint",
  [`security sast dast audit scan scans scanning trivy snyk codeql gitleaks semgrep vulnerability vulnerabilities sca checkov tfsec
    bandit brakeman sbom owasp`]: "security",
  "build builds building compile bundle assemble dockerize containerize image images dist package binary binaries":
    "build",
  [`publish publishing release releases upload push pages docs doc documentation storybook docusaurus mkdocs wiki pypi npm nuget
    maven crates rubygems snapshot snapshots artifacts charts changelog packages javadoc apidocs typedoc`]: "publish",
  "health healthy readiness": "health",
  "approval approve approvals signoff": "approval",
  "plan diff": "plan",
  "rollback revert undo": "rollback",
  "notify notification notifications slack announce": "notify",
});

/** Words that may mean a test and often mean something else: "check out", "verify the deployment", "ci-cd". */
export const vagueWords: ReadonlySet<string> = new Set(
  listed("check checks verify verification validate validation qa ci quality"),
);

/** Words of names under which documents are handed out, with whatever command. */
export const documentWords: ReadonlySet<string> = new Set(
  listed("docs doc documentation pages storybook docusaurus mkdocs wiki javadoc apidocs typedoc"),
);

/** Words of names beside "apply" that say that infrastructure is meant. */
export const infrastructureWords: ReadonlySet<string> = new Set(
  listed("terraform tf tofu opentofu terragrunt pulumi infra infrastructure iac cdk cloudformation"),
);

/** Words of names beside "apply" that say that workloads of a cluster are meant. */
export const clusterWords: ReadonlySet<string> = new Set(
  listed("kubernetes k8s kubectl helm kustomize manifests manifest"),
);

/** Words of names for jobs that take a deployment down. */
export const takeDownWords: ReadonlySet<string> = new Set(
  listed("destroy cleanup clean teardown stop delete remove undeploy uninstall shutdown decommission"),
);

/** Words before "deploy" that make it another thing: "pre-deploy", "setup-deployment". */
export const wordsBeforeDeploy: ReadonlySet<string> = new Set(
  listed(`no not skip pre post before after setup install prepare configure cleanup clean stop remove delete destroy undo wait check
    checks verify validate download get cancel can should determine approve notify lint plan list show cache generate render test
    tests review block need needs await is has for trigger dispatch request seek find`),
);

/** Words behind "deploy" that make it another thing: "deploy-check", "deployment status". */
export const wordsAfterDeploy: ReadonlySet<string> = new Set(
  listed(`check checks status config configuration plan approval gate notification notify key keys url dry validation verification
    verify freeze lock info summary matrix label labels script scripts tool tools package artifact artifacts target targets
    complete completed finished result results failed`),
);

/** Words at the start or end of a target's name that only get something ready: "test:install", "db:test:prepare". */
export const preparingWords: ReadonlySet<string> = new Set(
  listed(
    "setup install prepare config configure deps dependencies init bootstrap clean cleanup fixtures data seed env image images",
  ),
);

/** Words in names of scripts and targets that do not check anything: nothing needs to be feared behind them. */
export const harmlessWords: ReadonlySet<string> = new Set(
  listed(`setup install configure config generate gen clean cleanup login auth version versions tag download render migrate migrations
    wait start stop prepare bootstrap init create docker env export fetch bump cache deps dependencies vendor tools proto copy sync
    delete destroy seed backup restore collectstatic manage restart reload print info echo get set update upgrade cert certs
    kubeconfig credentials approve promote freeze teardown helpers common functions utils lib activate profile environment venv`),
);

/** Words that name the tier of an environment, in environments, job names and arguments. */
export const tierWords: ReadonlyMap<string, Tier> = table<Tier>({
  "production prod prd live": "production",
  "staging stage stg preprod preproduction nonprod uat qa acceptance": "staging",
  "development dev develop sandbox": "development",
  "review preview previews local ephemeral pr mr test tests testing e2e ci feature branch": "review",
});

/** Names of environments that hold packages and documents rather than a running system. */
export const publishEnvironments: ReadonlySet<string> = new Set(
  listed(
    "github-pages pages pypi testpypi test-pypi npm npmjs nuget rubygems crates-io crates maven-central maven docs release releases",
  ),
);
