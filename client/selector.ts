// Which documents and files the server hears about. By name and by language, for other extensions rename languages freely
// and plain VS Code knows none for Terraform; by scheme, so that the left side of a diff is not judged.
import * as vscode from "vscode";

/** One condition on a document, in the form that VS Code and the Language Server Protocol share. */
export type Filter = { scheme: string; language: string } | { scheme: string; pattern: string };

const markdown = "**/*.{md,markdown}";

const patterns = [
  "**/*.{yaml,yml}",
  "**/*.{tf,tofu,tfvars}",
  "**/*.{tf,tofu,tfvars}.json",
  "**/{Dockerfile,dockerfile,Containerfile,containerfile}",
  "**/{Dockerfile,dockerfile,Containerfile,containerfile}.*",
  "**/*.{dockerfile,Dockerfile,containerfile,Containerfile}",
  markdown,
  "**/{Jenkinsfile,jenkinsfile}",
  "**/{Jenkinsfile,jenkinsfile}{.,-}*",
  "**/*.{jenkinsfile,Jenkinsfile}",
] as const;

/** Files that nobody judges, but whose being there counts. */
const witnesses = [
  "**/{.dockerignore,*.dockerignore,.gitignore}",
  "**/{*.tfbackend,terragrunt.hcl,root.hcl,.terraform.lock.hcl}",
] as const;

/** The manifest's activation events name the same ones, and those of {@link disguises}. */
export const languages = [
  "yaml",
  "dockercompose",
  "github-actions-workflow",
  "azure-pipelines",
  "helm",
  "dockerfile",
  "terraform",
  "terraform-vars",
  "opentofu",
  "opentofu-vars",
  "markdown",
  "jenkinsfile",
  "groovy",
] as const;

/** What our files are taken for where nobody has given them a language: *.tf is plain text, *.tf.json is JSON. */
export const disguises = ["plaintext", "json"] as const;

/** Every document that the server gets to see. */
export function documentSelector(): Filter[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const schemes = new Set(["file", "untitled", "vscode-vfs", ...folders.map(({ uri }) => uri.scheme)]);
  return [...schemes].flatMap((scheme): Filter[] => [
    ...patterns.map((pattern) => ({ scheme, pattern })),
    ...languages.map((language) => ({ scheme, language })),
  ]);
}

/** The same without Markdown: most of it is nothing of ours, and about that the editor is to stay silent. */
export const selectorWithoutMarkdown = (): Filter[] =>
  documentSelector().filter((filter) => !("pattern" in filter ? filter.pattern === markdown : isMarkdown(filter)));

const isMarkdown = ({ language }: { readonly language: string }): boolean => language === "markdown";

/**
 * Watchers over everything that findings and progress can rest on.
 * What comes and goes is watched for all paths: of a folder VS Code may tell its own path only.
 */
export function fileWatchers(): vscode.FileSystemWatcher[] {
  return [
    ...[...patterns, ...witnesses].map((pattern) =>
      vscode.workspace.createFileSystemWatcher(pattern, true, false, true),
    ),
    vscode.workspace.createFileSystemWatcher("**/*", false, true, false),
  ];
}
