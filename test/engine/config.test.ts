import { describe, expect, it } from "vitest";
import { catalogue } from "../../server/engine/catalogue.gen.js";
import { readConfig, readEditorSettings, settingsFor } from "../../server/engine/config.js";
import { turnOffEdits } from "../../server/engine/config-edits.js";
import { option, optionValues } from "../../server/engine/options.js";
import { applyEdits } from "../../server/engine/text.js";
import { engineOver } from "../harness/engine.js";

const path = "/repo/.dakota.yaml";
const read = (text: string) => readConfig(path, text);
const complaints = (text: string) =>
  read(text).problems.map(({ span, message }) => [text.slice(span.start, span.end), message]);

const sample = { severity: "warning", profile: "recommended" } as const;
const strict = { severity: "warning", profile: "strict" } as const;
const optIn = { severity: "hint", profile: "opt-in" } as const;

describe("a configuration", () => {
  it("sets severities and options", () => {
    const { config, problems } = read(
      "rules:\n  docker/image-tag: information\n  k8s/no-privileged: off\n  docker/non-root-user:\n    severity: hint\n",
    );
    expect(problems).toEqual([]);
    const settings = settingsFor("/repo/a/Dockerfile", config);
    expect(settings.severity("docker/image-tag", sample)).toBe("information");
    expect(settings.severity("k8s/no-privileged", sample)).toBe("off");
    expect(settings.severity("docker/non-root-user", sample)).toBe("hint");
    expect(settings.severity("k8s/image-tag", sample)).toBe("warning");
  });

  it("chooses a profile; a rule outside it is on when it is named", () => {
    const of = (text: string) => settingsFor("/repo/x", read(text).config);
    expect(of("").severity("a/b", strict)).toBe("off");
    expect(of("profile: strict").severity("a/b", strict)).toBe("warning");
    expect(of("profile: strict").severity("a/b", optIn)).toBe("off");
    expect(of("profile: all").severity("a/b", optIn)).toBe("hint");
    expect(of("rules:\n  k8s/cpu-limit: on").severity("k8s/cpu-limit", optIn)).toBe("hint");
    expect(of("rules:\n  k8s/cpu-limit: true").severity("k8s/cpu-limit", optIn)).toBe("hint");
  });

  it("chooses the defaults of options by its profile", () => {
    const options = {
      tags: option.boolean(false, "", true),
      trusted: option.strings(["a"], "", []),
      most: option.number(3, ""),
    };
    expect(optionValues(options)).toEqual({ tags: false, trusted: ["a"], most: 3 });
    expect(optionValues(options, {}, true)).toEqual({ tags: true, trusted: [], most: 3 });
    expect(optionValues(options, { tags: false }, true)).toEqual({ tags: false, trusted: [], most: 3 });
    const rule = catalogue["pipeline/pin-actions"];
    const findings = (config: string) => {
      const path = "/repo/.github/workflows/ci.yml";
      const engine = engineOver(rule ? { "pipeline/pin-actions": rule } : {}, {});
      const text = "on: push\njobs: { a: { runs-on: x, steps: [{ uses: actions/checkout@v4 }] } }\n";
      return engine.check(path, text, settingsFor(path, read(config).config)).findings.map(({ severity }) => severity);
    };
    expect(findings("")).toEqual([]);
    expect(findings("profile: strict")).toEqual(["information"]);
  });

  it("lets later overrides win for the files they name, and excludes others", () => {
    const { config } = read(
      "exclude: vendor/\nrules:\n  docker/image-tag: error\noverrides:\n  - files: ['test/**']\n    rules:\n      docker/image-tag: off\n  - files: test/keep/**\n    profile: strict\n    rules:\n      docker/image-tag: hint\n",
    );
    const severity = (file: string) => settingsFor(file, config).severity("docker/image-tag", sample);
    expect(severity("/repo/Dockerfile")).toBe("error");
    expect(severity("/repo/test/Dockerfile")).toBe("off");
    expect(severity("/repo/test/keep/Dockerfile")).toBe("hint");
    expect(settingsFor("/repo/test/keep/x", config).profile).toBe("strict");
    expect(settingsFor("/repo/vendor/x/Dockerfile", config).excluded).toBe(true);
    expect(settingsFor("/repo/src/Dockerfile", config).excluded).toBe(false);
  });

  it("is judged by the exact place of what is wrong; the rest holds", () => {
    const text =
      "profile: strcit\nrules:\n  docker/imagetag: off\n  docker/image-tag: loud\n  k8s/image-tag: hint\nexclud: []\noverrides:\n  - rules: {}\n";
    expect(complaints(text)).toEqual([
      ["exclud", '"exclud" is not known here: "exclude" is'],
      ["strcit", "one of recommended, strict, all is wanted here"],
      ["docker/imagetag", '"docker/imagetag" is not known here: "docker/image-tag" is'],
      ["loud", "one of off, on, error, warning, information, hint, true, false is wanted here"],
      ["rules", '"files" is missing'],
    ]);
    const settings = settingsFor("/repo/x", read(text).config);
    expect(settings.profile).toBe("recommended");
    expect(settings.severity("docker/image-tag", sample)).toBe("warning");
    expect(settings.severity("k8s/image-tag", sample)).toBe("hint");
  });

  it("survives YAML that is no map, broken YAML, and an empty file", () => {
    expect(read("").problems).toEqual([]);
    expect(complaints("- a")).toEqual([
      ["a", "a map with profile, rules, exclude, tracker, protocols, pipeline, overrides is wanted here"],
    ]);
    expect(read("rules: [\nprofile: strict").problems.length).toBeGreaterThan(0);
    expect(read("rules:\n").problems).toEqual([]);
  });

  it("gives a rule's own defaults where an option is of the wrong type", () => {
    const [id, rule] = Object.entries(catalogue).find(([, { options }]) => Object.keys(options).length > 0) ?? [];
    const option = Object.keys(rule?.options ?? {})[0] ?? "";
    const text = `rules:\n  ${id}:\n    ${option}: {a: 1}\n`;
    expect(complaints(text).length).toBe(1);
    expect(settingsFor("/repo/x", read(text).config).options(id ?? "")).toEqual({});
  });
});

describe("the editor's settings", () => {
  const editor = readEditorSettings("strict", { "docker/image-tag": "off", "k8s/image-tag": { severity: "hint" } });
  it("hold where there is no configuration file", () => {
    const settings = settingsFor("/repo/x", undefined, editor);
    expect(settings.profile).toBe("strict");
    expect(settings.severity("docker/image-tag", sample)).toBe("off");
    expect(settings.severity("k8s/image-tag", sample)).toBe("hint");
  });
  it("give way to a configuration file", () => {
    expect(settingsFor("/repo/x", read("").config, editor).severity("docker/image-tag", sample)).toBe("warning");
  });
});

describe("roles of a team's pipelines", () => {
  it("are commands, actions and jobs", () => {
    const { config, problems } = read(
      "pipeline:\n  roles:\n    deploy:\n      - make ship\n      - {run: ./go.sh, environment: staging}\n    smoke: [job: probe-*]\n    security:\n      - uses: acme/scan\n",
    );
    expect(problems).toEqual([]);
    expect(config.signs).toEqual([
      { role: "security", by: "uses", pattern: "acme/scan" },
      { role: "deploy", by: "run", pattern: "make ship" },
      { role: "deploy", by: "run", pattern: "./go.sh", environment: "staging" },
      { role: "smoke", by: "job", pattern: "probe-*" },
    ]);
    expect(settingsFor("/repo/x", config).signs).toBe(config.signs);
  });

  it("are told where they are wrong; the others hold", () => {
    const text =
      "pipeline:\n  roles:\n    depoy: [a]\n    test:\n      - run: a\n        env: b\n      - environment: production\n      - {run: c, environment: prod}\n      - d\n  stages: []\n";
    expect(complaints(text)).toEqual([
      ["stages", '"stages" is not known here'],
      ["depoy", '"depoy" is not known here: "deploy" is'],
      ["env", '"env" is not known here'],
      ["environment", 'this names nothing: "run", "uses" or "job" is missing'],
      ["prod", "one of production, staging, development, review is wanted here"],
    ]);
    const ofRun = (pattern: string) => ({ role: "test", by: "run", pattern });
    expect(read(text).config.signs).toEqual(["a", "c", "d"].map(ofRun));
  });
});

describe("turning a rule off", () => {
  const off = (text: string) => applyEdits(text, turnOffEdits(text, "docker/image-tag"));
  const isOff = (text: string) =>
    settingsFor("/repo/x", read(text).config).severity("docker/image-tag", sample) === "off" &&
    read(text).problems.length === 0;
  const texts = [
    "",
    "profile: strict",
    "profile: strict\r\n",
    "rules:\n",
    "rules: {}\n",
    "rules:\n  k8s/image-tag: hint\nprofile: strict\n",
    "rules: {k8s/image-tag: hint}\n",
    "rules:\n    docker/image-tag: error # why\n",
    "rules:\n  docker/image-tag:\n    severity: error\n",
    "rules:\n  docker/non-root-user: off\n  docker/image-tag: {severity: error}\n",
  ];
  for (const text of texts)
    it(`works on ${JSON.stringify(text)}`, () => expect(isOff(off(text)), off(text)).toBe(true));
  it("keeps the other lines and the comments", () => {
    expect(off("rules:\n    docker/image-tag: error # why\n")).toBe("rules:\n    docker/image-tag: off # why\n");
  });
});
