// What Dakota finds in all files of the workspace: each is judged once, and again when its judgement may differ. Other
// work goes first, so a survey takes its time and can be asked for what it knows meanwhile.

import type { Judgement } from "../engine/judgement.js";
import type { Severity } from "../engine/rule.js";
import { lineAt, lineStarts } from "../engine/text.js";

/** A finding of a file that need not be open; line and character count from zero. */
export interface SurveyedFinding {
  readonly path: string;
  readonly line: number;
  readonly character: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
}

export interface Survey {
  /** What is known by now, in the order of paths and places; undefined until every file has been judged once. */
  findings(): readonly SurveyedFinding[] | undefined;
  /** Files that are new, changed or gone, or whose judgement depends on one that is. */
  touch(paths: Iterable<string>): void;
  /** Judges what is due, until nothing is. @returns whether what is known has changed by it */
  run(): Promise<boolean>;
}

export interface SurveyParts {
  /** Judges the file at a path as it is now; undefined where it is gone or cannot be read. */
  readonly judge: (path: string) => Promise<{ readonly text: string; readonly judgement: Judgement } | undefined>;
  /** Awaited every now and then, so that others have their turn. */
  readonly pause?: () => Promise<unknown>;
}

/** How long a survey may keep others waiting, in milliseconds. */
const turn = 10;

/** A survey that knows nothing yet; `touch` says what there is to judge. */
export function createSurvey({ judge, pause }: SurveyParts): Survey {
  const known = new Map<string, readonly SurveyedFinding[]>();
  const due = new Set<string>();
  let all: readonly SurveyedFinding[] | undefined;
  let whole = false;
  let running: Promise<boolean> | undefined;

  const judgeOne = async (path: string): Promise<boolean> => {
    const judged = await judge(path);
    const found = judged ? toSurveyed(path, judged.text, judged.judgement) : [];
    const before = known.get(path) ?? [];
    if (JSON.stringify(before) === JSON.stringify(found)) return false;
    if (found.length > 0) known.set(path, found);
    else known.delete(path);
    all = undefined;
    return true;
  };

  const work = async (): Promise<boolean> => {
    let changed = !whole;
    let since = performance.now();
    for (const path of due) {
      due.delete(path);
      changed = (await judgeOne(path)) || changed;
      if (!pause || performance.now() - since < turn) continue;
      await pause();
      since = performance.now();
    }
    whole = true;
    return changed;
  };

  return {
    findings() {
      if (!whole) return undefined;
      all ??= [...known].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, findings]) => findings);
      return all;
    },
    touch(paths) {
      for (const path of paths) due.add(path);
    },
    run() {
      running ??= work().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}

function toSurveyed(path: string, text: string, { findings }: Judgement): readonly SurveyedFinding[] {
  if (findings.length === 0) return [];
  const starts = lineStarts(text);
  return findings.map(({ rule, severity, message, span }) => {
    const line = lineAt(starts, span.start);
    return { path, line, character: span.start - (starts[line] ?? 0), rule, severity, message };
  });
}
