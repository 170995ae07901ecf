// What rules read of a Compose file: its services, what they are made of and run as, with the defaults of variables put in.

import type { PulledImage } from "../../image.js";
import type { Span } from "../../text.js";
import type { Source } from "../source.js";
import type { Interpolated } from "./interpolate.js";

export interface ComposeFile extends Source {
  /** The folder it stands in, absolute. */
  readonly folder: string;
  readonly services: readonly Service[];
  /** The images that services pull; what the file builds itself is left out. */
  readonly images: readonly PulledImage[];
  /** It completes another Compose file: what it lacks may stand there. */
  readonly fragment: boolean;
}

export interface Service {
  readonly name: string;
  /** Where its name stands. */
  readonly span: Span;
  readonly image: Value | undefined;
  readonly build: Build | undefined;
  readonly user: Value | undefined;
  readonly privileged: Value | undefined;
  readonly environment: readonly Variable[];
  /** Whether it says how its health is checked, or that it is not. */
  readonly healthcheck: boolean;
  /** It takes over another service (`extends`): what it lacks may stand there. */
  readonly extended: boolean;
  /** Its image is never pulled (`pull_policy`): somebody built it before. */
  readonly local: boolean;
}

/** What a service is built from; paths are absolute and `undefined` where they are elsewhere or hidden in a variable. */
export interface Build {
  readonly context: string | undefined;
  readonly dockerfile: string | undefined;
  /** How the file names the Dockerfile, for messages: relative to its own folder. */
  readonly called: string;
  readonly target: Value | undefined;
  readonly args: readonly Variable[];
}

/** A text as it is written, and with the defaults of its variables put in. */
export interface Value extends Interpolated {
  readonly written: string;
  /** Without quotes. */
  readonly span: Span;
}

export interface Variable {
  readonly name: string;
  readonly nameSpan: Span;
  /** `undefined` where the value is taken from the surroundings. */
  readonly value: Value | undefined;
  /** Whether `${…}` can be put in the value's place as it is. */
  readonly replaceable: boolean;
}
