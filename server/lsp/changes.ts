// Word of what may be judged differently now, for all who keep something that rests on it.

export interface Changes {
  /** The judgement of these files (engine paths) may differ. */
  affected(paths: ReadonlySet<string>): void;
  /** Every judgement may differ: settings, configuration or protocols have changed. */
  everything(): void;
  onAffected(listener: (paths: ReadonlySet<string>) => void): void;
  onEverything(listener: () => void): void;
}

export function createChanges(): Changes {
  const some: ((paths: ReadonlySet<string>) => void)[] = [];
  const all: (() => void)[] = [];
  return {
    affected(paths) {
      if (paths.size > 0) for (const listener of some) listener(paths);
    },
    everything() {
      for (const listener of all) listener();
    },
    onAffected: (listener) => void some.push(listener),
    onEverything: (listener) => void all.push(listener),
  };
}
