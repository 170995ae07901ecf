// Reading on from the last version of a file must give what reading it anew gives.

import { describe, expect, it } from "vitest";
import { changeBetween } from "../../../server/engine/languages/terraform/change.js";
import { parseTerraform } from "../../harness/engine.js";

const base = `variable "größe" {
  default = "t3.micro"
}

resource "aws_instance" "a" {
  count = var.on ? 1 : 0
  user_data = <<-EOT
    #!/bin/sh
    echo "\${var.größe}"
  EOT
  tags = merge(local.tags, { Name = "a" })
}

locals {
  tags = { Owner = "us" }
}
`;

/** Numbers from 0 to 1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const pieces = [
  "",
  "\n",
  "x",
  '"',
  "{",
  "}",
  "ü = 1\n",
  'b "c" {\n  d = [1, 2]\n}\n',
  "<<EOT\n",
  "EOT\n",
  "# ",
  "/*",
  "\r\n",
  "${",
];

describe("a change", () => {
  it("is the smallest stretch that differs", () => {
    expect(changeBetween("a\nbcd\ne", "a\nbXXd\ne")).toEqual({
      startIndex: 3,
      oldEndIndex: 4,
      newEndIndex: 5,
      startPosition: { row: 1, column: 1 },
      oldEndPosition: { row: 1, column: 2 },
      newEndPosition: { row: 1, column: 3 },
    });
    expect(changeBetween("aa", "aaa")).toMatchObject({ startIndex: 2, oldEndIndex: 2, newEndIndex: 3 });
    expect(changeBetween("a\nb\n", "a\n")).toMatchObject({ oldEndPosition: { row: 2, column: 0 } });
  });

  it("leads to the same model as the whole text, whatever was typed before", () => {
    const random = seeded(7);
    let text = base;
    for (let i = 0; i < 400; i++) {
      const start = Math.floor(random() * text.length);
      const end = Math.min(text.length, start + Math.floor(random() * 6));
      text = text.slice(0, start) + (pieces[Math.floor(random() * pieces.length)] ?? "") + text.slice(end);
      if (text.length > 1500 || i % 20 === 0) text = base;
      const typed = parseTerraform("/typed.tf", text);
      const fresh = parseTerraform(`/fresh-${i}.tf`, text);
      // The last file read is another one now: let the typed one be the last again.
      expect({ ...typed, path: "" }, text).toEqual({ ...fresh, path: "" });
      parseTerraform("/typed.tf", text);
    }
  });
});
