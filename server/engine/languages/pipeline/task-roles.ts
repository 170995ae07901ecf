// Which tasks of Azure Pipelines tell what a job is for, and which of them run a command that their inputs make up. Data
// only, collected from Microsoft's task reference and the marketplace; `azure-steps.ts` reads it.
//
// A task is named without its version and the extension before it, in lower case; `name=value` behind it asks for an input.

import type { ActionGroup } from "./action-roles.js";

export const taskGroups: readonly ActionGroup[] = [
  {
    role: "deploy",
    actions: `
      azurewebapp, azurewebappcontainer, azurermwebappdeployment, azurefunctionapp, azurefunctionappcontainer, azurestaticwebapp,
      azurecontainerapps, azureappservicemanage action=swap*, azureappservicemanage action=start*swap*, azurespringcloud,
      azurespringapps, kubernetesmanifest action=deploy, kubernetesmanifest action=promote, kubernetesmanifest action=patch,
      servicefabricdeploy, servicefabriccomposedeploy, azurecloudpowershelldeployment, sqlazuredacpacdeployment,
      sqldacpacdeploymentonmachinegroup, iiswebappdeploymentonmachinegroup, iiswebmanagementonmachinegroup, azuremysqldeployment,
      azurevmssdeployment, beanstalkdeployapplication, codedeploydeployapplication, lambdadeployfunction, googleappenginedeploy,
      octopusdeployrelease, octopuscreaterelease, databricksdeployscripts, azuremlmodeldeploy, fabric*deploy`,
  },
  {
    role: "deploy",
    infrastructure: true,
    actions: `
      azureresourcemanagertemplatedeployment deploymentmode=incremental, azureresourcemanagertemplatedeployment deploymentmode=complete,
      azureresourcegroupdeployment action=create*, cloudformationcreateorupdatestack, cloudformationexecutechangeset,
      pulumi command=up*`,
  },
  {
    role: "deploy",
    weak: true,
    actions: `
      azureresourcemanagertemplatedeployment, ssh, copyfilesoverssh, azurefilecopy, windowsmachinefilecopy, ftpupload, s3upload,
      powershellontargetmachines, azurevirtualmachinescalesetdeployment, ansible, azurermwebapp*`,
  },
  {
    role: "plan",
    actions:
      "azureresourcemanagertemplatedeployment deploymentmode=validation, pulumi command=preview, helmdeploy command=diff",
  },
  {
    role: "test",
    actions: `
      vstest, visualstudiotest, jest*, xcode actions=*test*, msbuild msbuildarguments=*/t:*test*, runvisualstudiotest*, pesterrunner,
      cypressrunner*`,
  },
  { role: "test", weak: true, actions: "publishtestresults, publishcodecoverageresults, reportgenerator" },
  {
    role: "integration",
    actions: "azureloadtest, cloudloadtest, quickperftest, apachejmeterloadtest, postmanrunner*, newmanpostman",
  },
  {
    role: "lint",
    actions: "sonarqubeanalyze, sonarcloudanalyze, sonarqubepublish, sonarcloudpublish, tslint*, megalinter*",
  },
  {
    role: "security",
    actions: `
      microsoftsecuritydevops, credscan, credentialscanner, trivy, snyksecurityscan, advancedsecurity-*, dependency-check-build-task,
      whitesource*, mend*, checkmarx*, veracode*, fortify*, containerscan, componentgovernancecomponentdetection, binskim, policheck,
      roslynanalyzers, semmle, antimalware, gitleaks, blackduck*, synopsysdetect*, owaspzap*, aquasecurity*, anchore*, wiz*, prisma*,
      terrascan*, checkov*, tfsec*, sdlnativerules, jfrogxrayscan, sysdig*, sonatype*, nexusiqpipelinetask, qualys*`,
  },
  {
    role: "build",
    actions: `
      vsbuild, msbuild, xcode, xamarinandroid, xamariniosbuild, cmake, azureimagebuilder*, packerbuild, acrbuild*, kubernetesmanifest action=bake,
      androidbuild, servicefabricupdateappversions, copyapp*`,
  },
  {
    role: "publish",
    actions: `
      githubrelease, universalpackages command=publish, ecrpushimage, nugetcommand command=push, nugetpublisher, publishsymbols,
      googleplayrelease*, appstorerelease*, appcenterdistribute, azureartifacts*publish`,
  },
  { role: "approval", actions: "manualvalidation, manualintervention" },
  { role: "notify", actions: "slacknotification*, teamsnotification*, sendemail, emailreport*" },
];

/**
 * Tasks that are a command line: `$name` stands for the input of that name. A line whose first input is not given is left
 * out; of several lines behind `|`, each counts.
 */
export const taskCommands: Readonly<Record<string, string>> = {
  dotnetcorecli: "dotnet $command $custom $arguments",
  npm: "npm $command $customCommand",
  yarn: "yarn $arguments",
  maven: "mvn $goals $options",
  gradle: "gradle $tasks $options",
  ant: "ant $targets",
  go: "go $command $arguments",
  gulp: "gulp $targets",
  grunt: "grunt $targets",
  docker: "docker $command $arguments",
  dockercompose: "docker-compose $action $dockerComposeCommand $arguments",
  helmdeploy: "helm $command $arguments",
  kubernetes: "kubectl $command $arguments",
  terraformtask: "terraform $command $commandOptions",
  terraformtaskv1: "terraform $command $commandOptions",
  terraformtaskv2: "terraform $command $commandOptions",
  terraformtaskv3: "terraform $command $commandOptions",
  terraformtaskv4: "terraform $command $commandOptions",
  terraformtaskv5: "terraform $command $commandOptions",
  terraformcli: "terraform $command $commandOptions",
  nugetcommand: "nuget $command",
  pythonscript: "python $scriptPath $arguments",
  bash: "bash $filePath $arguments",
  powershell: "pwsh $filePath $arguments",
  shellscript: "bash $scriptPath $args",
  batchscript: "$filename $arguments",
  azurecli: "bash $scriptPath $arguments",
  awscli: "aws $awsCommand $awsSubCommand $awsArguments",
  cargo: "cargo $command $cargoCommand",
  ansible: "ansible-playbook $playbookPathAnsibleMachine $args",
};

/** Inputs that hold a script, whatever the task. */
export const scriptInputs: ReadonlySet<string> = new Set([
  "script",
  "inlinescript",
  "inline",
  "commands",
  "runonremote",
]);
