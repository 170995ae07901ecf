// Says what is going on: a turning line on a terminal, a line at the start and one at the end anywhere else.
const frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

/**
 * Does one step of the work and shows that it is being done, and for how long.
 * @template T
 * @param {string} title what is done, without a full stop
 * @param {(say: (detail: string) => void) => Promise<T>} work `say` adds a word to the line
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const began = Date.now();
  const line = process.stderr.isTTY ? turning(title, began) : plain(title);
  try {
    const result = await work(line.say);
    line.end("✔", elapsed(began));
    return result;
  } catch (error) {
    line.end("✖", elapsed(began));
    throw error;
  }
}

/** @param {string} title @param {number} began */
function turning(title, began) {
  let detail = "";
  let turn = 0;
  /** @param {string} text */
  const draw = (text) =>
    process.stderr.write(`\r\x1b[2K${[...text].slice(0, (process.stderr.columns ?? 80) - 1).join("")}`);
  const show = () =>
    draw(`${frames[turn++ % frames.length]} ${title}${detail ? `: ${detail}` : ""} (${elapsed(began)})`);
  show();
  const timer = setInterval(show, 100);
  return {
    /** @param {string} text */
    say: (text) => {
      detail = text;
    },
    /** @param {string} mark @param {string} time */
    end: (mark, time) => {
      clearInterval(timer);
      draw(`${mark} ${title} (${time})`);
      process.stderr.write("\n");
    },
  };
}

/** @param {string} title */
function plain(title) {
  process.stderr.write(`… ${title}\n`);
  return {
    /** @param {string} text */
    say: (text) => process.stderr.write(`  ${text}\n`),
    /** @param {string} mark @param {string} time */
    end: (mark, time) => process.stderr.write(`${mark} ${title} (${time})\n`),
  };
}

/** @param {number} began @returns {string} "0.4 s", "12 s", "2 min 5 s" */
export function elapsed(began, now = Date.now()) {
  const seconds = (now - began) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
