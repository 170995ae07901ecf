import { expect, it } from "vitest";
import { admits } from "../../../server/engine/languages/terraform/versions.js";

it.each([
  ["", true],
  [">= 1.5", true],
  ["~> 1.5", true],
  ["~> 1.5.0", false],
  ["~> 1.10.0", true],
  ["~> 0.15", false],
  ["~> 2.0", true],
  [">= 1.3, < 1.9", false],
  [">= 1.3, < 2.0.0", true],
  ["< 1.10", false],
  ["< 1.10.3", true],
  ["<= 1.10", true],
  ["= 1.9.8", false],
  ["1.11.4", true],
  ["1.9.8", false],
  ["!= 1.10.0", true],
  ["latest", true],
])("%j admits 1.10 or later: %s", (constraint, admitted) => {
  expect(admits(constraint, [1, 10])).toBe(admitted);
});
