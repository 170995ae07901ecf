// Which box of a list belongs to which point: the boxes of a phase to its steps, those of a run to its items.

import { plainText, type Task } from "../languages/markdown/model.js";
import { contains } from "../text.js";
import type { Step } from "./model.js";
import { comparable } from "./words.js";

/** What the box of a step may be called. */
export const namesOf = ({ checkpoint, aliases = [], title }: Step): readonly string[] => [
  checkpoint,
  ...aliases,
  `${title} ${checkpoint}`,
  title,
];

/**
 * The box of each point. A box that carries one of the point's names belongs to it wherever it stands, the list's own items
 * before what is nested in them; boxes with other words are taken in order, but only between the same neighbours and only
 * where there are as many of them as points without a box: otherwise nobody can tell which is which.
 * @param points the names of each point, in their order
 */
export function matchBoxes(
  points: readonly (readonly string[])[],
  tasks: readonly Task[],
): readonly (Task | undefined)[] {
  const boxes: (Task | undefined)[] = points.map(() => undefined);
  const free = new Set(tasks);
  const outer = tasks.filter((task) => !tasks.some((other) => other !== task && contains(other.span, task.span)));
  const named = points.map((names) => names.map((name) => comparable(plainText(name))));
  const texts = new Map(tasks.map((task) => [task, comparable(task.text)]));
  const isNamed = (task: Task, names: readonly string[], fits: Fits): boolean =>
    names.some((name) => fits(texts.get(task) ?? "", name));
  const take = (those: readonly Task[], fits: Fits): void =>
    named.forEach((names, i) => {
      if (boxes[i]) return;
      const found = those.find((task) => free.has(task) && isNamed(task, names, fits));
      if (!found) return;
      boxes[i] = found;
      free.delete(found);
    });
  // An item with the point itself nested in it only begins like the point.
  const holdsNamed = (task: Task): boolean =>
    tasks.some(
      (other) =>
        other !== task && contains(task.span, other.span) && named.some((names) => isNamed(other, names, isExactly)),
    );
  take(outer, isExactly);
  take(
    outer.filter((task) => !holdsNamed(task)),
    startsWith,
  );
  take(tasks, isExactly);
  take(tasks, startsWith);
  for (let from = 0; from < boxes.length; from++) {
    if (boxes[from]) continue;
    let to = from;
    while (to < boxes.length && !boxes[to]) to++;
    const after = boxes[from - 1]?.span.end ?? Number.NEGATIVE_INFINITY;
    const before = boxes[to]?.span.start ?? Number.POSITIVE_INFINITY;
    const between = outer.filter((task) => free.has(task) && task.span.start >= after && task.span.end <= before);
    if (between.length === to - from) boxes.splice(from, between.length, ...between);
    from = to;
  }
  return boxes;
}

/** Further boxes of a point that has one already, side by side with it and in another state: they do not count. */
export function contradicting(
  points: readonly (readonly string[])[],
  tasks: readonly Task[],
  boxes: readonly (Task | undefined)[],
): readonly Task[] {
  return points.flatMap((names, i) => {
    const box = boxes[i];
    const own = names.map((name) => comparable(plainText(name)));
    return tasks.filter(
      (task) =>
        box !== undefined &&
        !boxes.includes(task) &&
        task.depth === box.depth &&
        task.state !== box.state &&
        own.includes(comparable(task.text)),
    );
  });
}

type Fits = (text: string, name: string) => boolean;
const isExactly: Fits = (text, name) => text === name;
const startsWith: Fits = (text, name) => text.startsWith(`${name} `);
