// Keeps what is found in the whole workspace up to date while others work, and tells the client when progress may differ.

import { setImmediate } from "node:timers/promises";
import { isCandidate, isMarkdown } from "../engine/detect.js";
import { settingsAt } from "../host/settings.js";
import { createSurvey, type Survey } from "../host/survey.js";
import { progressChanged } from "../messages.js";
import { toPath, toUri } from "./convert.js";
import type { Session } from "./session.js";

/** How long changes are gathered before the client is told, in milliseconds: documents are looked at, other files less. */
const gathering = { document: 50, other: 250 };

/** How long a survey waits after a change, in milliseconds: findings under the user's eyes go first. */
const patience = 400;

export interface WorkspaceSurvey extends Pick<Survey, "findings"> {
  /** Somebody looks at what depends on findings: from now on every file is judged. */
  wanted(): void;
}

export function createWorkspaceSurvey(session: Session): WorkspaceSurvey {
  const { connection, documents, engine, project, judge, states, indexed } = session;
  const open = (path: string) => documents.all().find(({ uri, languageId }) => toPath(uri, languageId) === path);

  const survey = createSurvey({
    pause: () => setImmediate(),
    async judge(path) {
      const document = open(path);
      if (document) return { text: document.getText(), judgement: (await judge.judge(document)).judgement };
      const text = await project.readText(path);
      if (text === undefined) return undefined;
      const { settings } = await states.of(toUri(folderOf(path)));
      return {
        text,
        judgement: engine.check(path, text, await settingsAt({ engine, configs: project.configs }, path, settings)),
      };
    },
  });

  const tell = createTeller(() => void connection.sendNotification(progressChanged));
  let isWanted = false;
  let timer: NodeJS.Timeout | undefined;

  const run = (): void => {
    if (!isWanted) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      survey.run().then(
        (changed) => changed && tell(gathering.document),
        (error: unknown) => connection.console.error(`The workspace could not be surveyed: ${error}`),
      );
    }, patience);
  };

  const touch = (paths: Iterable<string>): void => {
    if (!isWanted) return;
    survey.touch(paths);
    run();
  };

  const changed = (path: string): void => {
    if (isCandidate(path)) touch([path]);
    tell(isMarkdown(path) ? gathering.document : gathering.other);
  };

  project.onFile(changed);
  session.changes.onAffected(touch);
  session.changes.onEverything(() => {
    touch([...project.files].filter(isCandidate));
    tell(gathering.other);
  });
  documents.onDidChangeContent(({ document }) => {
    const path = toPath(document.uri, document.languageId);
    // The index has to know the text before the client asks what follows from it.
    if (isMarkdown(path)) session.changes.affected(engine.index(path, document.getText()));
    changed(path);
  });
  documents.onDidClose(({ document }) => changed(toPath(document.uri, document.languageId)));

  return {
    findings: survey.findings,
    wanted() {
      if (isWanted) return;
      isWanted = true;
      void indexed.settled.then(() => touch([...project.files].filter(isCandidate)));
    },
  };
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** Calls back once for all that is told within a while; what is urgent does not wait for what is not. */
function createTeller(send: () => void): (delay: number) => void {
  let due: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  return (delay) => {
    const at = Date.now() + delay;
    if (due !== undefined && due <= at) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(() => {
      due = undefined;
      send();
    }, delay);
  };
}
