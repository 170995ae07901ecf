// The rows of the Checklists tree: the runs under way first, then every list of the protocols with its runs.
import type { ListPoint, ListProgress, PointProgress, RunProgress } from "../../server/messages.js";

export type ListNode = GroupNode | ListRow | PartNode | ItemNode | RunNode | StepGroupNode | PointNode;

export type Group = "running" | ListProgress["kind"];

interface GroupNode {
  readonly kind: "group";
  readonly group: Group;
  readonly lists: readonly ListProgress[];
}

/** A checklist, workflow or scenario that can be started. */
export interface ListRow {
  readonly kind: "list";
  readonly list: ListProgress;
  readonly parent: GroupNode;
}

/** A step with items, of a list that nobody has started. */
export interface PartNode {
  readonly kind: "part";
  readonly list: ListProgress;
  readonly title: string;
  readonly points: readonly ListPoint[];
  readonly parent: ListRow;
}

/** What such a list asks for: to be read, not to be ticked. */
export interface ItemNode {
  readonly kind: "item";
  readonly list: ListProgress;
  readonly point: ListPoint;
  readonly parent: ListRow | PartNode;
}

export interface RunNode {
  readonly kind: "run";
  readonly list: ListProgress;
  readonly run: RunProgress;
  readonly parent: GroupNode | ListRow;
}

/** A step with items; a step without is a point itself. */
export interface StepGroupNode {
  readonly kind: "step";
  readonly list: ListProgress;
  readonly run: RunProgress;
  readonly title: string;
  readonly points: readonly PointProgress[];
  readonly parent: RunNode;
}

export interface PointNode {
  readonly kind: "point";
  readonly list: ListProgress;
  readonly run: RunProgress;
  readonly point: PointProgress;
  readonly parent: RunNode | StepGroupNode;
}

const kinds: readonly ListProgress["kind"][] = ["checklist", "workflow", "scenario"];

export const isOpen = ({ done, total }: RunProgress): boolean => done < total;

/** Groups without anything in them are left out. */
export function listRoots(lists: readonly ListProgress[]): readonly ListNode[] {
  const running = lists.filter(({ runs }) => runs.some(isOpen));
  const groups: GroupNode[] = kinds.map((kind) => ({
    kind: "group",
    group: kind,
    lists: lists.filter((list) => list.kind === kind),
  }));
  return [{ kind: "group" as const, group: "running" as const, lists: running }, ...groups].filter(
    (group) => group.lists.length > 0,
  );
}

export function listChildren(node: ListNode): readonly ListNode[] {
  switch (node.kind) {
    case "group":
      if (node.group !== "running") return node.lists.map((list) => ({ kind: "list", list, parent: node }));
      return node.lists
        .flatMap((list) => list.runs.filter(isOpen).map((run): RunNode => ({ kind: "run", list, run, parent: node })))
        .sort((a, b) => (b.run.started ?? "").localeCompare(a.run.started ?? ""));
    case "list":
      return node.list.runs.length > 0
        ? node.list.runs.map((run) => ({ kind: "run", list: node.list, run, parent: node }))
        : itemsOf(node);
    case "part":
      return node.points.map((point) => ({ kind: "item", list: node.list, point, parent: node }));
    case "item":
      return [];
    case "run":
      return pointsOf(node);
    case "step":
      return node.points.map((point) => ({ kind: "point", list: node.list, run: node.run, point, parent: node }));
    case "point":
      return [];
  }
}

const itemsOf = (node: ListRow): readonly ListNode[] =>
  bySteps(node.list.points).map(({ step, points: [first, ...rest] }): PartNode | ItemNode => {
    const { list } = node;
    return step === undefined
      ? { kind: "item", list, point: first, parent: node }
      : { kind: "part", list, title: step, points: [first, ...rest], parent: node };
  });

const pointsOf = (node: RunNode): readonly ListNode[] =>
  bySteps(node.run.points).map(({ step, points: [first, ...rest] }): StepGroupNode | PointNode => {
    const { list, run } = node;
    return step === undefined
      ? { kind: "point", list, run, point: first, parent: node }
      : { kind: "step", list, run, title: step, points: [first, ...rest], parent: node };
  });

interface Step<P> {
  /** Absent for a step that is a point itself. */
  readonly step?: string;
  readonly points: readonly [P, ...P[]];
}

function bySteps<P extends ListPoint>(points: readonly P[]): readonly Step<P>[] {
  const steps: Step<P>[] = [];
  for (const point of points) {
    const { step } = point;
    const last = steps.at(-1);
    if (step === undefined) steps.push({ points: [point] });
    else if (last?.step === step) steps.splice(-1, 1, { step, points: [...last.points, point] });
    else steps.push({ step, points: [point] });
  }
  return steps;
}

export const listParent = (node: ListNode): ListNode | undefined => (node.kind === "group" ? undefined : node.parent);

/** The same for the same row after every edit. A run that is under way has a row in two places. */
export function listId(node: ListNode): string {
  switch (node.kind) {
    case "group":
      return node.group;
    case "list":
      return node.list.id;
    case "run":
      return `${listId(node.parent)}/${node.run.uri}#${node.list.id}/${node.run.started ?? ""}${repetitionOf(node)}`;
    case "part":
    case "step":
      return `${listId(node.parent)}/${node.points[0]?.id.split(".")[0] ?? ""}`;
    case "item":
    case "point":
      return `${listId(node.parent)}/${node.point.id}`;
  }
}

/** One file may hold the same list twice, started in the same moment: a copy. */
function repetitionOf({ list, run }: RunNode): string {
  const same = list.runs.filter(({ uri, started }) => uri === run.uri && started === run.started);
  const at = same.findIndex(({ line }) => line === run.line);
  return at > 0 ? `/${at}` : "";
}

/** The first point that is not done. */
export const nextPoint = ({ points }: RunProgress): PointProgress | undefined =>
  points.find(({ state }) => state !== "done");
