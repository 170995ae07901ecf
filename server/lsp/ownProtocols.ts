// What happens when a team's own protocols change: documents are read anew for what they ask for, and everybody asks again.

import { isMarkdown } from "../engine/detect.js";
import type { Session } from "./session.js";

/** How long changes are gathered, in milliseconds: a protocol that is being written changes with every key. */
const gathering = 100;

export function serveOwnProtocols(session: Session): void {
  const { connection, engine, project } = session;
  let gathered = false;

  const takeUp = async (): Promise<void> => {
    // The first reading of the workspace sees to its documents itself.
    await session.indexed.settled;
    for (const path of [...project.files].filter(isMarkdown)) {
      const text = await project.readText(path);
      if (text === undefined) engine.note(path);
      else engine.index(path, text);
    }
    session.changes.everything();
  };

  engine.protocols.onChange(() => {
    if (gathered) return;
    gathered = true;
    setTimeout(() => {
      gathered = false;
      takeUp().catch((error: unknown) => connection.console.error(`Protocols could not be taken up: ${error}`));
    }, gathering);
  });
}
