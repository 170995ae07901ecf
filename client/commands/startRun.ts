// "Start Checklist or Workflow": a dated document in the repository to tick off, from the tree or from a list.
import * as vscode from "vscode";
import { type ListProgress, newRunRequest } from "../../server/messages.js";
import { chooseFolder, openNewDocument } from "../documents.js";
import type { Server } from "../languageClient.js";
import type { ListFeed } from "../views/checklists.js";

const { t } = vscode.l10n;

/** Runs with a row of the tree as argument, or lets the user choose. */
export function startRun(server: Server, feed: ListFeed): (node?: { readonly list: ListProgress }) => Promise<void> {
  return async (node) => {
    const list = node?.list ?? (await chooseList(feed));
    const folder = list && (await chooseFolder());
    if (!list || !folder) return;
    await openNewDocument(await server.ask(newRunRequest, { folder: folder.toString(), list: list.id }));
    await feed.refresh();
  };
}

async function chooseList(feed: ListFeed): Promise<ListProgress | undefined> {
  const kinds = { checklist: t("checklist"), workflow: t("workflow"), scenario: t("scenario") };
  const items = (await feed.read()).map((list) => ({
    label: list.title,
    description: `${kinds[list.kind]} · ${list.protocol}`,
    ...(list.trigger !== undefined && { detail: list.trigger }),
    list,
  }));
  const placeHolder = t("Checklist or workflow to start");
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.list;
}
