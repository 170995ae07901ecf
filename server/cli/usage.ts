// What the command line says about itself.

/** The caller has called wrongly: told in one line, exit code 2. */
export class UsageError extends Error {}

export const usage = `Usage: dakota check [paths...] [options]
       dakota pipeline FILE

Judges Terraform, Dockerfiles, Kubernetes manifests and pipelines against the DevOps protocol.
Without paths it judges the current folder. Folders honour .gitignore and the "exclude" of .dakota.yaml;
a file that is named is judged whatever they say.

"pipeline" writes the stages and gates of a pipeline, with what is missing on the way to production.

Options:
  --format text|json                                  how findings are written (default: text)
  --fail-on error|warning|information|never           from which severity on the exit code is 1 (default: error)
  -h, --help                                          this text
  -v, --version                                       the version

Exit code of "check": 0 nothing at or above the threshold, 1 findings, 2 wrong usage, a path that cannot be read, or an internal error.
Exit code of "pipeline": 0, or 2 where the file is no pipeline or cannot be read.
`;
