// Which steps of Jenkins plugins tell what a stage is for, and which prove nothing. Data only, collected from the Pipeline
// Steps Reference; `jenkins-steps.ts` reads it.

import type { ActionGroup } from "./action-roles.js";

export const stepGroups: readonly ActionGroup[] = [
  {
    role: "deploy",
    actions: `
      kubernetesdeploy, openshiftdeploy, openshift.rollout, deployer, azurewebapppublish, azurefunctionapppublish,
      awscodedeploy, createdeployment, ebdeploy, cfnupdatestackset, pushtocloudfoundry, octopusdeployrelease, octopusdeploydeployrelease`,
  },
  { role: "deploy", infrastructure: true, actions: "cfnupdate, cfnexecutechangeset" },
  {
    role: "deploy",
    weak: true,
    // `openshift.apply` also brings in build configurations.
    actions:
      "openshift.apply, sshpublisher, sshcommand, sshscript, sshput, ansibleplaybook, s3upload, ansibletower, deploy",
  },
  { role: "plan", actions: "cfncreatechangeset" },
  {
    role: "test",
    weak: true,
    actions: "junit, xunit, jacoco, cobertura, publishcoverage, recordcoverage, nunit, testng, robot, cucumber",
  },
  { role: "integration", actions: "blazemetertest, perftest, bzt, performancereport" },
  { role: "lint", actions: "withsonarqubeenv, waitforqualitygate, recordissues, checkstyle, scanforissues" },
  {
    role: "security",
    actions: `
      snyksecurity, dependencycheck, aquamicroscanner, aqua, anchore, twistlockscan, prismacloudscanimage, checkmarxscan*, veracode*,
      fortify*, xrayscan*, rtbuild*scan, nexuspolicyevaluation, zap*, whitesource*, synopsys_detect, hub_detect, neuvector`,
  },
  {
    role: "publish",
    actions:
      "rtupload, rtpublishbuildinfo, rtmavendeployer, rtdockerpush, nexusartifactuploader, nexuspublisher, publishhtml*release, docker.push",
  },
  { role: "approval", actions: "input" },
  {
    role: "notify",
    actions:
      "slacksend, mail, emailext, office365connectorsend, hipchatsend, discordsend, telegramsend, mattermostsend, rocketsend, googlechatnotification, pagerduty",
  },
];

/** Steps, and words of Groovy, behind which no work of interest hides. */
export const harmlessSteps: ReadonlySet<string> = new Set(
  `echo print println checkout git scm archiveArtifacts archive stash unstash sleep cleanWs deleteDir dir ws env timeout retry timestamps
  ansiColor wrap withEnv withCredentials sshagent withAWS withKubeConfig withKubeCredentials withMaven withDockerRegistry
  withDockerContainer docker nodejs tool tools script node container podTemplate lock milestone error unstable catchError warnError
  waitUntil fileExists readFile writeFile readJSON writeJSON readYaml writeYaml readProperties readMavenPom findFiles zip unzip tar untar
  sh bat powershell pwsh isUnix pwd currentBuild properties parameters options library def if else for while do switch case default try
  catch finally return throw new break continue assert import package class static final private public void String int boolean
  Integer Boolean List Map Object var stage stages steps parallel pipeline agent environment when post input triggers matrix axes axis
  fingerprint publishHTML publishChecks setGitHubPullRequestStatus githubNotify updateGitlabCommitStatus gitlabCommitStatus
  addBadge addShortText discoverGitReferenceBuild jiraSendBuildInfo configFileProvider withGradle withAnt withPythonEnv
  cache copyArtifacts params println buildDiscarder disableConcurrentBuilds skipDefaultCheckout always failure success unstable
  cleanup changed fixed regression aborted unsuccessful true false null it this super`.split(/\s+/),
);
