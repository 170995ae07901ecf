// The request for the picture of a pipeline.

import { TextDocument } from "vscode-languageserver-textdocument";
import { toPipelineSvg } from "../engine/report/pipeline-svg.js";
import { toPipelineText } from "../engine/report/pipeline-text.js";
import { type PipelinePicture, pipelineRequest } from "../messages.js";
import { toPath } from "./convert.js";
import type { Session } from "./session.js";

export function servePipeline(session: Session): void {
  session.connection.onRequest(pipelineRequest, ({ uri }: { readonly uri: string }) => pictureOf(session, uri));
}

async function pictureOf(session: Session, uri: string): Promise<PipelinePicture> {
  // Jobs may stand in other files: half of them would be a wrong picture.
  await session.indexed.settled;
  const open = session.documents.get(uri);
  const text = open?.getText() ?? (await session.project.readText(toPath(uri)));
  if (text === undefined) return { reason: "it cannot be read" };
  const document = open ?? TextDocument.create(uri, "", 0, text);
  const { judge, engine } = session;
  const { path, settings } = await (open ? judge.judge(document) : judge.judgeClosed(document));
  const sketch = engine.sketch(path, text, settings);
  if ("reason" in sketch) return sketch;
  const file = path.slice(path.lastIndexOf("/") + 1);
  return { title: file, svg: toPipelineSvg(sketch, file), text: toPipelineText(sketch, file) };
}
