// Secrets that stand in the pipeline file itself: under a secret's name, or known by their shape.

import { commandSettings } from "../../languages/pipeline/command-settings.js";
import { at, option, rule, type Span } from "../../rule.js";
import { secretOptions, wordsOf } from "../../secret-options.js";
import { isPlaceholder, secretValuesIn } from "../../secrets.js";
import { overlaps } from "../../text.js";
import { isPlainArgument, isPlainSecret, isThrowaway, throwawayWords } from "./_secrets.js";
import { storedInstead } from "./_stored.js";

export default rule({
  on: "pipeline",
  title: "Keep secrets out of the pipeline file",
  why: "Whoever can read the repository, or any of its forks and old commits, can read a secret that stands in its pipeline. The platform stores secrets, hides them in logs and hands them only to the jobs that ask for them.",
  severity: "error",
  profile: "recommended",
  phase: 3,
  standard: "Engineer Instructions, General Principles",
  alsoKnownAs: ["actionlint credentials", "zizmor hardcoded-container-credentials", "checkov CKV_AZUREPIPELINES_3"],
  options: {
    ...secretOptions(),
    throwaway: option.strings(
      throwawayWords,
      "Words of which the values of databases that only live for a test are made; default credentials count as such",
    ),
  },

  *check(pipeline, options) {
    const { names, throwaway } = options;
    const lists = wordsOf(options);
    const named = (pipeline.settings ?? []).filter(
      (setting) => !names.includes(setting.name) && isPlainSecret(setting, lists, throwaway),
    );
    for (const setting of named)
      yield at(
        setting.value.span,
        `"${setting.name}" holds ${setting.kind === "login" ? "a login" : "a secret"} in plain text`,
        ...storedInstead(pipeline, setting),
      );
    const told: Span[] = [];
    for (const { name, value } of pipeline.settings ?? []) {
      const password = connectionPassword(value.text);
      if (password === undefined || isPlaceholder(password) || isThrowaway(password, throwaway)) continue;
      told.push(value.span);
      yield at(value.span, `"${name}" holds the password of a connection in plain text`);
    }
    for (const { what, span } of secretValuesIn(pipeline.text)) {
      // A token in an address is also the password of that address.
      if (told.some((other) => overlaps(other, span))) continue;
      if (isThrowaway(pipeline.text.slice(span.start, span.end), throwaway)) continue;
      if (
        named.some(({ value }) => overlaps(value.span, span)) ||
        pipeline.comments.some((one) => overlaps(one.span, span))
      )
        continue;
      told.push(span);
      yield at(span, `this is ${/^[AEIO]/.test(what) ? "an" : "a"} ${what} in plain text`);
    }
    told.push(...named.map(({ value }) => value.span));
    for (const setting of commandSettings(pipeline)) {
      const { span } = setting.value;
      if (names.includes(setting.shown) || !isPlainArgument(setting, lists, throwaway)) continue;
      if (!told.some((other) => overlaps(other, span)))
        yield at(span, `"${setting.shown}" holds a secret in plain text`);
    }
  },
});

/** The password that a connection string has for another machine, where it is written out. */
function connectionPassword(text: string): string | undefined {
  if (!/(?:^|;)\s*(?:server|data source|host|addr(?:ess)?)\s*=\s*(?!\(|\.|localhost\b|127\.)\w/i.test(text))
    return undefined;
  const [, password] = /;\s*(?:password|pwd)\s*=\s*([^;"'\s]+)/i.exec(text) ?? [];
  return password === undefined || /[$%{<]/.test(password) ? undefined : password;
}
