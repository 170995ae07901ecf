// A first ".dockerignore": what a build can certainly do without, judged by what its Dockerfile does.

import type { Dockerfile } from "../../languages/dockerfile/model.js";
import { lineEnd } from "../../text.js";

/** The text of the new file. Whatever the Dockerfile speaks of is left to the build. */
export function dockerignoreFor({ text }: Dockerfile): string {
  const lines = ["# What the build has no use for"];
  // Versions may be read from the history, also by tools that do not name git.
  if (!/\bgit\b|setuptools|hatch|poetry|versioneer|pbr\b|\bgo\b|gradle|mvn|sbt/i.test(text)) lines.push(".git");
  lines.push("**/.DS_Store", "**/*.swp");
  if (/\b(?:npm|yarn|pnpm|bun)\b(?![^\n]*(?:\s-g\b|--global))[^\n]*\b(?:ci|i|install)\b/.test(text))
    lines.push("**/node_modules");
  if (/\bpip[\d.]*\s+install\b|\buv\s+sync\b/.test(text)) lines.push("**/__pycache__", "**/.venv");
  if (!/\.env\b/.test(text)) lines.push("**/.env", "**/.env.local", "**/.env.*.local");
  if (!/\.(?:pem|key)\b|id_rsa/.test(text)) lines.push("**/id_rsa", "**/id_ed25519");
  const end = lineEnd(text);
  return lines.map((line) => line + end).join("");
}
