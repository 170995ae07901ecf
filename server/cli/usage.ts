// What the command line says about itself.

/** The caller has called wrongly: told in one line, exit code 2. */
export class UsageError extends Error {}

export const usage = `Usage: dakota check [paths...] [options]
       dakota status [folder] [--format text|json|markdown]
       dakota gate PHASE [folder] [--tracker FILE] [--protocol ID]
       dakota report [folder] [--out FILE]
       dakota protocol [ID]
       dakota pipeline FILE

Judges Terraform, Dockerfiles, Kubernetes manifests and pipelines against the DevOps protocol.
Without paths it judges the current folder. Folders honour .gitignore and the "exclude" of .dakota.yaml;
a file that is named is judged whatever they say.

"status" writes the phases of every tracker with steps, evidence, gates and findings.
"gate" writes what the gate of a phase rests on; a gate is answered by a human, never by a command.
"report" writes one page of HTML with phases, findings and what is open, to FILE or to the output.
Without a folder they read the repository around the current one.
"protocol" lists the protocols in force, or writes one of them as a document to read.
"pipeline" writes the stages and gates of a pipeline, with what is missing on the way to production.

Options:
  --format text|json                                  how findings are written (default: text)
  --fail-on error|warning|information|never           from which severity on the exit code is 1 (default: error)
  -h, --help                                          this text
  -v, --version                                       the version

Exit code of "check": 0 nothing at or above the threshold, 1 findings, 2 wrong usage, a path that cannot be read, or an internal error.
Exit code of "gate": 0 where it is passed, 1 where it is not or has become stale, 2 where there is no such gate.
Exit code of "status" and "report": 0, or 2 where there is no tracker to read or the page cannot be written.
Exit code of "protocol": 0, or 2 where none in force has the id.
Exit code of "pipeline": 0, or 2 where the file is no pipeline or cannot be read.
`;
