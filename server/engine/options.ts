// What a rule lets its users choose: default, JSON schema and TypeScript type from one declaration.

/** One option: `fallback` holds where the configuration says nothing, `schema` judges what it says. */
export interface Option<T> {
  readonly fallback: T;
  /** What holds in its place in the profiles "strict" and "all", where that differs. */
  readonly strict?: T;
  readonly about: string;
  readonly schema: OptionSchema;
}

/** The JSON Schema of an option; lists are lists of texts. */
interface OptionSchema {
  readonly type: "string" | "array" | "number" | "boolean";
  readonly items?: { readonly type: "string" };
  readonly minimum?: number;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

/** The values of a rule's options, as its check receives them. */
export type Values<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/** Kinds of options; `about` is one sentence for the rule's page and for completion, `strict` as in `Option`. */
export const option = {
  string: (fallback: string, about: string): Option<string> => ({ fallback, about, schema: { type: "string" } }),
  strings: (fallback: readonly string[], about: string, strict?: readonly string[]): Option<readonly string[]> => ({
    fallback,
    about,
    schema: { type: "array", items: { type: "string" } },
    ...(strict && { strict }),
  }),
  number: (fallback: number, about: string, minimum = 0): Option<number> => ({
    fallback,
    about,
    schema: { type: "number", minimum },
  }),
  boolean: (fallback: boolean, about: string, strict = fallback): Option<boolean> => ({
    fallback,
    about,
    schema: { type: "boolean" },
    ...(strict !== fallback && { strict }),
  }),
} as const;

/**
 * The values that hold when `given` (already checked against the schemas) sets some of them.
 * @param strict whether the profile asks for more than what is recommended
 */
export function optionValues(
  options: Options,
  given: Readonly<Record<string, unknown>> = {},
  strict = false,
): Record<string, unknown> {
  for (const _ in given) return valuesOf(options, given, strict);
  const known = defaults[strict ? "strict" : "recommended"];
  const values = known.get(options) ?? valuesOf(options, given, strict);
  known.set(options, values);
  return values;
}

/** Hardly anybody sets options, and every rule asks for them in every file. */
const defaults = {
  recommended: new WeakMap<Options, Record<string, unknown>>(),
  strict: new WeakMap<Options, Record<string, unknown>>(),
};

const valuesOf = (options: Options, given: Readonly<Record<string, unknown>>, strict: boolean) =>
  Object.fromEntries(
    Object.entries(options).map(([name, one]) => [
      name,
      given[name] ?? (strict ? one.strict : undefined) ?? one.fallback,
    ]),
  );
