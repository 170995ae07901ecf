// The snippets are rules that our own rules accept.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../../server/engine/catalogue.gen.js";
import { settingsFor } from "../../../server/engine/config.js";
import { plainSnippet } from "../../../server/engine/snippet.js";
import { engineOver } from "../../harness/engine.js";

interface Snippet {
  readonly body: readonly string[];
}

const snippets: Readonly<Record<string, Snippet>> = JSON.parse(readFileSync("snippets/prometheus.json", "utf8"));

/** The text with the proposed values; of a choice the first one. */
const filledIn = ({ body }: Snippet): string =>
  plainSnippet(body.join("\n").replace(/\$\{(\d+)\|([^,|]+)[^|]*\|\}/g, "$${$1:$2}"));

describe("the snippet", () => {
  it.each(Object.entries(snippets))(
    "%s has no finding among the recommended and the strict rules",
    (_name, snippet) => {
      const path = "/workspace/rules.yaml";
      const text = filledIn(snippet);
      const settings = settingsFor(path, undefined, { profile: "strict", rules: {} });
      const judged = engineOver(catalogue, { [path]: text }).check(path, text, settings);
      expect(judged.notJudged).toBeUndefined();
      expect(judged.findings.filter(({ rule }) => rule !== "alert/red-coverage")).toEqual([]);
      expect(judged.rules).toBeGreaterThan(10);
    },
  );
});
