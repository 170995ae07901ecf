// Scripts as commands: what a fixture of a rule cannot show.

import { describe, expect, it } from "vitest";
import { commandsOf } from "../../../server/engine/languages/pipeline/shell.js";

const commands = (text: string, folded = false) => commandsOf({ text, start: 0, end: text.length, folded });
const words = (text: string, folded = false) => commands(text, folded).map((command) => command.words.join("|"));

describe("commandsOf", () => {
  it("splits at line ends and operators, and says what joins", () => {
    const script = "npm ci && npm test || true; echo done | cat\nls";
    expect(words(script)).toEqual(["npm|ci", "npm|test", "true", "echo|done", "cat", "ls"]);
    expect(commands(script).map(({ joint }) => joint)).toEqual(["&&", "||", ";", "|", ";", ";"]);
  });
  it("gives exact places", () => {
    const script = "  FOO=1 sudo -E \\\n    kubectl apply -f x";
    const [command] = commands(script);
    expect(command?.words).toEqual(["kubectl", "apply", "-f", "x"]);
    expect(script.slice(command?.span.start, command?.span.end)).toBe(script.trim());
    expect(command?.text).toBe("FOO=1 sudo -E kubectl apply -f x");
  });
  it("keeps quotes, expressions and variables together", () => {
    expect(words(`a "b; c" 'd && e' \${{ f || g }} $(h | i) \${X:-j k}`)).toEqual([
      "h",
      "i",
      `a|b; c|d && e|$\{{ f || g }}|$(h | i)|$\{X:-j k}`,
    ]);
  });
  it("leaves out comments, assignments and the bodies of heredocs", () => {
    expect(words("# npm test\nX=1\ncat <<'END' > f\nkubectl apply\nEND\nls # x")).toEqual(["cat|>|f", "ls"]);
    expect(words("cat <<-EOF\n\tkubectl apply\n\tEOF\nls")).toEqual(["cat", "ls"]);
  });
  it("reads what a shell is given to run", () => {
    const script = "ssh host <<EOF\ndocker compose up -d\nEOF\nls";
    expect(words(script)).toEqual(["ssh|host", "docker|compose|up|-d", "ls"]);
    expect(commands(script)[1]?.remote).toBe(true);
  });
  it("does not take redirections for separators", () => {
    expect(words("make 2>&1 &> log")).toEqual(["make|2>&1|&>|log"]);
  });
  it("joins the lines of a folded scalar up to an empty one", () => {
    expect(words("helm upgrade\n  --install shop\n\nls", true)).toEqual(["helm|upgrade|--install|shop", "ls"]);
  });
  it.each(["'", '"', "`", "$(", "${", "${{", "<<EOF", "\\", "a <<", "$(a $(b", "((((", "\\\r\n"])(
    "survives %j without an end, many times over, in linear time",
    (piece) => {
      const started = performance.now();
      for (const text of [piece, `a ${piece}`, `x ${piece} `.repeat(20_000), `${piece}\n`.repeat(20_000)])
        commands(text);
      expect(performance.now() - started).toBeLessThan(3_000);
    },
  );
});
