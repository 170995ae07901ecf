// Which versions a constraint lets in, as far as rules need it. Source: Terraform language, "Version Constraints".

type Version = readonly [major: number, minor: number];

/**
 * Whether some version from `least` on satisfies a constraint such as `>= 1.5, < 2.0`; unknown operators exclude nothing.
 * Patch versions do not count, except that `~> 1.5.0` stays below 1.6.
 */
export function admits(constraint: string, least: Version): boolean {
  return constraint.split(",").every((part) => {
    const match = /^\s*(=|<=|<|~>)?\s*v?(\d+)(?:\.(\d+))?(\.\d+)?/.exec(part);
    if (!match) return true; // ">=", ">" and "!=" set no upper bound
    const [, operator, major, minor, patch] = match;
    const bound: Version = [Number(major), Number(minor ?? 0)];
    if (operator === "~>" && patch === undefined) return bound[0] >= least[0];
    // "< 1.10.3" lets 1.10.0 in, "< 1.10" does not.
    return operator === "<" && (patch ?? ".0") === ".0" ? isBefore(least, bound) : !isBefore(bound, least);
  });
}

const isBefore = (a: Version, b: Version): boolean => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
