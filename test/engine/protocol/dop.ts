// The built-in protocol, read once for the tests of this folder.

import { readFileSync } from "node:fs";
import { parseMarkdown } from "../../../server/engine/languages/markdown/parse.js";
import { isTracked, type TrackedProtocol } from "../../../server/engine/protocol/model.js";
import { readProtocol } from "../../../server/engine/protocol/read.js";
import { findTracker, type Tracker } from "../../../server/engine/protocol/tracker.js";

export const dopText = readFileSync(new URL("../../../protocols/dop.yaml", import.meta.url), "utf8");

function load(): TrackedProtocol {
  const { protocol, problems } = readProtocol(dopText);
  if (!protocol || !isTracked(protocol) || problems.length > 0)
    throw new Error(`dop.yaml: ${JSON.stringify(problems)}`);
  return protocol;
}

export const dop = load();

/** The tracker in a text that is known to hold one. */
export function trackerIn(text: string, protocol: TrackedProtocol = dop): Tracker {
  const tracker = findTracker(parseMarkdown("/tracker.md", text), protocol);
  if (!tracker) throw new Error(`no tracker in ${JSON.stringify(text)}`);
  return tracker;
}

/** The tracker's table as the protocol prints it. */
export const bareTracker = `### DOP Phase Tracker
| Phase | Title | Status | Notes |
|-------|-------|--------|-------|
| 1 | Infrastructure Assessment | ⏳ In Progress | |
| 2 | Infrastructure as Code | ❌ Not Started | |
| 3 | CI/CD Pipeline | ❌ Not Started | |
| 4 | Monitoring & Observability | ❌ Not Started | |
| 5 | Operations & Improvement | ❌ Not Started | |
`;
