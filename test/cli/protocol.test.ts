// "dakota protocol" of the built command line.

import { describe, expect, it } from "vitest";
import { repository } from "./workspace.js";

const own = "id: ours\ntitle: Our Way\npurpose: For us.\ncriticalRules: [{ title: Ask, must: [ask], forbidden: [] }]\n";

describe("dakota protocol", () => {
  it("lists what is in force, a team's own included, and leaves out what .dakota.yaml does", () => {
    const { run } = repository({ ".dakota/protocols/ours.yaml": own });
    const { status, stdout } = run("protocol");
    expect(status).toBe(0);
    expect(stdout).toContain("dop: DevOps Engineering Protocol (DOP)\n");
    expect(stdout).toContain("ours: Our Way\n");
    const chosen = repository({ ".dakota/protocols/ours.yaml": own, ".dakota.yaml": "protocols: [ours]\n" });
    expect(chosen.run("protocol").stdout).toBe("ours: Our Way\n");
  });

  it("writes one as a document", () => {
    const { run } = repository({ ".dakota/protocols/ours.yaml": own });
    expect(run("protocol", "ours")).toEqual({
      status: 0,
      stderr: "",
      stdout: "# Our Way\n\nFor us.\n\n## Critical rules\n\n### Ask\n\n- ask\n",
    });
    expect(run("protocol", "master").stdout).toContain("### Phase 4: MONITORING & INCIDENT RESPONSE");
  });

  it("exits with 2 for an id that none has, and for two", () => {
    const { run } = repository({});
    expect(run("protocol", "dopp")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("in force are"),
    });
    expect(run("protocol", "dop", "master").status).toBe(2);
  });
});
