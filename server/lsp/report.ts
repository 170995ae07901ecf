// The report on the protocols of the open folders, as a page for the editor.

import { basename } from "node:path";
import { toProtocolHtml } from "../engine/report/protocol-html.js";
import { withPaths } from "../engine/report/standing.js";
import { createRuns } from "../host/runs.js";
import { isFound } from "../host/standings.js";
import { reportRequest } from "../messages.js";
import { toPath } from "./convert.js";
import { type ProtocolParts, shownPath } from "./protocol.js";

export function serveReport(parts: ProtocolParts): void {
  const { connection, indexed } = parts.session;
  connection.onRequest(reportRequest, async ({ nonce }: { readonly nonce: string }) => {
    await indexed.settled;
    return report(parts, nonce);
  });
}

async function report(parts: ProtocolParts, nonce: string): Promise<string> {
  const shown = shownPath(parts.session);
  const all = await parts.standings.all();
  const lists = await createRuns(parts, parts.survey).all();
  const [folder] = parts.session.client.folders;
  return toProtocolHtml(
    {
      title: folder === undefined ? "" : basename(toPath(folder)),
      date: new Date().toISOString().slice(0, 10),
      standings: all.filter(isFound).map(({ path, protocol, progress }) => ({
        path: shown(path),
        protocol,
        progress: withPaths(progress, shown),
      })),
      unreadable: all.flatMap((one) => (isFound(one) ? [] : [{ path: shown(one.path), problem: one.problem }])),
      runs: lists.flatMap(({ runs }) => runs.map((run) => ({ ...run, path: shown(run.file.path) }))),
    },
    nonce,
  );
}
