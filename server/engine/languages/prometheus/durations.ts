// Durations as rule files write them. Format: Prometheus, "Configuration": "<duration>".

const seconds: Readonly<Record<string, number>> = {
  y: 31_536_000,
  w: 604_800,
  d: 86_400,
  h: 3600,
  m: 60,
  s: 1,
  ms: 0.001,
};

/** The seconds of a duration (`1h30m`, `0`); undefined for anything else. Units stand from the largest to the smallest. */
export function secondsOf(text: string): number | undefined {
  if (text === "0") return 0;
  if (!/^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/.test(text) || text === "") return undefined;
  let sum = 0;
  for (const [, count = "", unit = ""] of text.matchAll(/(\d+)(ms|[ywdhms])/g))
    sum += Number(count) * (seconds[unit] ?? 0);
  return sum;
}
