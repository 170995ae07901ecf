// What a Dockerfile says to the other files of the workspace: nothing that a rule asks for yet.

import type { Fact } from "../../workspace.js";
import type { Dockerfile } from "./model.js";

// biome-ignore lint/suspicious/noEmptyInterface: no rule asks other files about a Dockerfile yet
export interface DockerfileFacts {}

export const facts = (_file: Dockerfile): readonly Fact[] => [];
