// How a row of the Checklists tree looks and reads: label, description, icon, checkbox, tooltip and what a screen reader says.
import * as vscode from "vscode";
import {
  type EvidenceShown,
  type ListPoint,
  type PointProgress,
  type RunProgress,
  stepWord,
} from "../../server/messages.js";
import {
  type Group,
  type ItemNode,
  isOpen,
  type ListNode,
  type ListRow,
  listId,
  nextPoint,
  type PartNode,
  type PointNode,
  type RunNode,
} from "./checklistNodes.js";

const { t } = vscode.l10n;
const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** @param now the present, in milliseconds since 1970: limits run out */
export function toListItem(node: ListNode, now: number): vscode.TreeItem {
  const item = shapeOf(node, now);
  item.id = listId(node);
  item.contextValue = node.kind;
  return item;
}

function shapeOf(node: ListNode, now: number): vscode.TreeItem {
  switch (node.kind) {
    case "group":
      return groupItem(node.group, node.lists.length);
    case "list":
      return listItem(node);
    case "part":
      return partItem(node);
    case "item":
      return plainItem(node);
    case "run":
      return runItem(node, now);
    case "step":
      return stepItem(node, now);
    case "point":
      return pointItem(node, now);
  }
}

function groupItem(group: Group, count: number): vscode.TreeItem {
  const titles: Readonly<Record<Group, string>> = {
    running: t("Under way"),
    checklist: t("Checklists"),
    workflow: t("Workflows"),
    scenario: t("Scenarios"),
  };
  const item = new vscode.TreeItem(titles[group], group === "running" ? Expanded : Collapsed);
  item.accessibilityInformation = { label: t("{0}, {1} entries", titles[group], count) };
  return item;
}

function listItem({ list }: ListRow): vscode.TreeItem {
  const { title, protocol, trigger, points, runs, kind } = list;
  const item = new vscode.TreeItem(title, Collapsed);
  item.description =
    runs.length === 0 ? t("{0} items", points.length) : runs.length === 1 ? t("1 run") : t("{0} runs", runs.length);
  item.iconPath = new vscode.ThemeIcon(
    kind === "workflow" ? "list-ordered" : kind === "scenario" ? "flame" : "checklist",
  );
  item.tooltip = tooltip([title, trigger ?? "", protocol]);
  item.accessibilityInformation = { label: [title, item.description, protocol].join(", ") };
  return item;
}

/** A step of a list that nobody has started. */
function partItem({ title, points }: PartNode): vscode.TreeItem {
  const item = new vscode.TreeItem(title, Collapsed);
  const [first] = points;
  const shared = first?.limit !== undefined && points.every(({ limit }) => limit === first.limit);
  item.description = shared ? first.limit : t("{0} items", points.length);
  item.accessibilityInformation = { label: [title, item.description].join(", ") };
  return item;
}

function plainItem({ point, parent }: ItemNode): vscode.TreeItem {
  const item = new vscode.TreeItem(point.title, None);
  const own = parent.kind === "list" || parent.points.some(({ limit }) => limit !== point.limit);
  const said = [own ? (point.limit ?? "") : "", ownerOf(point)].filter((part) => part !== "");
  item.description = said.join(" · ");
  item.tooltip = tooltip([point.title, ...said]);
  item.accessibilityInformation = { label: [point.title, ...said].join(", ") };
  return item;
}

function runItem(node: RunNode, now: number): vscode.TreeItem {
  const { list, run } = node;
  const day =
    run.started === undefined ? vscode.workspace.asRelativePath(vscode.Uri.parse(run.uri)) : localTime(run.started);
  const label = node.parent.kind === "group" ? list.title : day;
  const item = new vscode.TreeItem(label, isOpen(run) && node.parent.kind === "group" ? Expanded : Collapsed);
  const late = run.points.filter((point) => isLate(point, now)).length;
  const overdue = late === 0 ? "" : late === 1 ? t("1 overdue") : t("{0} overdue", late);
  item.description = [`${run.done}/${run.total}`, node.parent.kind === "group" ? day : "", overdue]
    .filter((part) => part !== "")
    .join(" · ");
  item.iconPath = new vscode.ThemeIcon(isOpen(run) ? (late > 0 ? "warning" : "play-circle") : "pass-filled");
  const next = nextPoint(run);
  const file = vscode.workspace.asRelativePath(vscode.Uri.parse(run.uri));
  item.tooltip = tooltip([list.title, run.by ? t("By {0}", run.by) : "", next ? t("Next: {0}", next.title) : "", file]);
  const spoken = t("{0}, {1}: {2} of {3} done", list.title, day, run.done, run.total);
  item.accessibilityInformation = { label: [spoken, overdue].filter((part) => part !== "").join(", ") };
  item.command = open(run, run.line);
  return item;
}

function stepItem(node: Extract<ListNode, { kind: "step" }>, now: number): vscode.TreeItem {
  const { title, points, run } = node;
  const done = points.filter(({ state }) => state === "done").length;
  const open = points.some(({ state }) => state !== "done");
  const item = new vscode.TreeItem(title, open ? Expanded : Collapsed);
  const [first] = points;
  const shared = first?.limit !== undefined && points.every(({ limit }) => limit === first.limit);
  const limit = shared && open ? limitWord(points.find(({ state }) => state !== "done") ?? first, now) : "";
  item.description = [`${done}/${points.length}`, limit].filter((part) => part !== "").join(" · ");
  item.iconPath = new vscode.ThemeIcon(open ? "circle-large-outline" : "pass");
  item.accessibilityInformation = { label: [t("{0}, {1} of {2} done", title, done, points.length), limit].join(", ") };
  item.command = openRun(run, first);
  return item;
}

function pointItem({ point, run, parent }: PointNode, now: number): vscode.TreeItem {
  const item = new vscode.TreeItem(point.title);
  const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
  // A limit that all items of a step share stands on the step.
  const own = parent.kind === "run" || parent.points.some(({ limit }) => limit !== point.limit);
  const limit = own && point.state !== "done" ? limitWord(point, now) : "";
  const found =
    point.state !== "done" && point.evidence.some(({ state }) => state === "found") ? t("evidence found") : "";
  item.description = [limit, ownerOf(point), found].filter((part) => part !== "").join(" · ");
  const spoken = [point.title, stepWord(point.state, t), item.description].filter((part) => part !== "").join(", ");
  item.checkboxState = {
    state: point.state === "done" ? Checked : Unchecked,
    tooltip: point.state === "done" ? t("Open this item again") : t("Tick this item"),
    accessibilityInformation: { label: spoken, role: "checkbox" },
  };
  item.tooltip = tooltip([point.title, point.limit ?? "", ...point.evidence.map(evidenceLine)]);
  item.accessibilityInformation = { label: spoken };
  item.command = openRun(run, point);
  return item;
}

/** Who has to act, where the item's words do not say it. */
const ownerOf = ({ title, owner = "" }: ListPoint): string => (title.includes(owner) ? "" : owner);

/** What was found or sought, with the files and lines it rests on. */
function evidenceLine({ state, text, places }: EvidenceShown): string {
  const where = places.map(
    ({ uri, line, what }) => `${vscode.workspace.asRelativePath(vscode.Uri.parse(uri))}:${line + 1} ${what}`,
  );
  const found = state === "found" ? t("found: {0}", text) : text;
  return [found, ...where].join("\n");
}

const openRun = (run: RunProgress, point: PointProgress | undefined): vscode.Command =>
  open(run, point?.line ?? run.line);

function open({ uri }: RunProgress, line: number): vscode.Command {
  const selection = new vscode.Range(line, 0, line, 0);
  return { title: t("Open"), command: "vscode.open", arguments: [vscode.Uri.parse(uri), { selection, preview: true }] };
}

const isLate = ({ state, due }: PointProgress, now: number): boolean =>
  state !== "done" && due !== undefined && Date.parse(due) < now;

/** "within 5 minutes · until 14:28", or that it is over. */
function limitWord(point: PointProgress | undefined, now: number): string {
  const { limit, due } = point ?? {};
  if (limit === undefined) return "";
  if (due === undefined) return limit;
  const until = Date.parse(due) < now ? t("overdue since {0}", localTime(due)) : t("until {0}", localTime(due));
  return `${limit} · ${until}`;
}

/** In the time of the one who looks; the day is left out where it is today. */
function localTime(instant: string): string {
  const at = new Date(instant);
  const time = at.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  return at.toDateString() === new Date().toDateString() ? time : `${at.toLocaleDateString()} ${time}`;
}

/** Texts of a protocol are shown as they are and never as markup. */
function tooltip(lines: readonly string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  for (const line of lines.filter((one) => one !== "")) text.appendText(line).appendMarkdown("\n\n");
  return text;
}
