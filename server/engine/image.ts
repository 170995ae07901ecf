// Image references ("registry:5000/team/app:1.2@sha256:…"), read once for all languages. A variable or template action in
// one makes the part it stands in unknown, and only that part.

import type { Span } from "./text.js";

/** A part of a reference; `span` counts in the reference's own text. */
export interface ImagePart {
  readonly text: string;
  readonly span: Span;
  /** False where a variable hides some or all of it. */
  readonly known: boolean;
}

export interface ImageReference {
  /** As handed in, with variables as they stand. */
  readonly text: string;
  /** A host, with its port. `undefined` means Docker Hub, or hidden in a variable at the start of `path`. */
  readonly registry: ImagePart | undefined;
  /** The repository below the registry: `team/app`, `node`. */
  readonly path: ImagePart;
  readonly tag: ImagePart | undefined;
  /** With its algorithm, without "@". */
  readonly digest: ImagePart | undefined;
}

/** An image that a file names to be pulled. */
export interface PulledImage {
  /** With the variables put in that the file sets. */
  readonly image: ImageReference;
  readonly written: string;
  readonly span: Span;
  /** Variables whose values went into `image`. */
  readonly used: readonly string[];
}

/**
 * What says which image is meant: a digest, a tag, a tag that moves, nothing (so "latest"), or it cannot be told from the
 * text.
 */
export type Pinning = "digest" | "tag" | "moving-tag" | "none" | "unknown";

/**
 * Reads an image reference. Known as variables: `$V`, `${V}`, `$(V)`, `$[V]`, `${{ V }}`, `{{ V }}`, `<< V >>`, `<V>`,
 * `#{V}`, `%{V}`, `%V%`; a ":", "/" or "@" inside them does not separate. A scheme (`docker://`, `oci://`) is no part of
 * the name. Grammar: distribution/reference.
 */
export function parseImage(text: string): ImageReference {
  const start = /^\s*(?:[a-z][a-z-]*:\/\/)?/.exec(text)?.[0].length ?? 0;
  const end = Math.max(start, text.trimEnd().length);
  const { holes, marks } = scan(text, start, end);
  const part = (from: number, to: number): ImagePart => ({
    text: text.slice(from, to),
    span: { start: from, end: to },
    known: !holes.some((hole) => hole.start < to && from < hole.end),
  });

  const digestAt = marks.find((mark) => text[mark] === "@") ?? end;
  const slashes = marks.filter((mark) => text[mark] === "/" && mark < digestAt);
  const lastSlash = slashes.at(-1) ?? start - 1;
  const tagAt = marks.find((mark) => text[mark] === ":" && lastSlash < mark && mark < digestAt) ?? digestAt;
  const first = slashes[0];
  const registry = first === undefined ? undefined : part(start, first);
  const hasRegistry = registry !== undefined && (!registry.known || isHost(registry.text));

  return {
    text,
    registry: hasRegistry ? registry : undefined,
    path: part(hasRegistry ? registry.span.end + 1 : start, tagAt),
    tag: tagAt < digestAt ? part(tagAt + 1, digestAt) : undefined,
    digest: digestAt < end ? part(digestAt + 1, end) : undefined,
  };
}

/** How a reference is pinned; a digest wins over the tag. @param moving tags that stand for another image every day */
export function pinningOf(image: ImageReference, moving: readonly string[] = ["latest"]): Pinning {
  const { registry, path, tag, digest } = image;
  if (digest) return !digest.known || /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:./i.test(digest.text) ? "digest" : "unknown";
  const isSentence = [registry, tag].some((part) => part?.known && /\s/.test(part.text));
  if (isSentence || (path.known && !isRepository(path.text))) return "unknown";
  if (tag) return !tag.known || tag.text === "" ? "unknown" : moving.includes(tag.text) ? "moving-tag" : "tag";
  return lastSegmentKnown(image) ? "none" : "unknown";
}

/**
 * The full name without tag and digest: `docker.io/library/node` for `node`. `undefined` where a variable hides some of it, or
 * where it is no name of an image.
 */
export function repositoryOf({ registry, path }: ImageReference): string | undefined {
  if (registry?.known === false || !path.known || !isRepository(path.text)) return undefined;
  const host = registry?.text ?? "docker.io";
  if (!/^(?:index\.|registry-1\.)?docker\.io$/.test(host)) return `${host}/${path.text}`;
  return `docker.io/${path.text.includes("/") ? path.text : `library/${path.text}`}`;
}

/**
 * Whether a reference matches a pattern: a reference in which `*` stands for any characters, short names meaning Docker
 * Hub. A pattern without tag fits any tag. Unknown parts match only where the pattern does not ask for them.
 */
export function matchesImage(image: ImageReference, pattern: string): boolean {
  const wanted = readPattern(pattern);
  const name = repositoryOf(image);
  if (name === undefined || wanted.name === undefined || !like(name, wanted.name)) return false;
  return wanted.tag === undefined || (image.tag?.known === true && like(image.tag.text, wanted.tag));
}

interface Pattern {
  readonly name: string | undefined;
  readonly tag: string | undefined;
}

/** Patterns come from tables and configurations: the same few are asked about every image. */
const patterns = new Map<string, Pattern>();

function readPattern(text: string): Pattern {
  const known = patterns.get(text);
  if (known) return known;
  const image = parseImage(text);
  const pattern = { name: repositoryOf(image), tag: image.tag?.text };
  patterns.set(text, pattern);
  return pattern;
}

/** Whether `text` equals `pattern`, in which every `*` stands for any characters. Linear in text times stars. */
export function like(text: string, pattern: string): boolean {
  const star = pattern.indexOf("*");
  if (star === -1) return text === pattern;
  if (!text.startsWith(pattern.slice(0, star))) return false;
  const pieces = pattern.split("*");
  const head = pieces[0] ?? "";
  const tail = pieces.at(-1) ?? "";
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  let from = head.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, from);
    if (found === -1) return false;
    from = found + piece.length;
  }
  return from <= text.length - tail.length;
}

/** A first segment is a host when it has a dot, a port or a capital, or is "localhost"; else it is a namespace. */
const isHost = (segment: string): boolean => segment === "localhost" || /[.:A-Z]/.test(segment);

/** Repositories have no capitals: REPLACE-ME is no image yet. */
const isRepository = (path: string): boolean => path !== "" && !/[A-Z\s]/.test(path);

/** A variable in the last segment may bring its own tag; one before it cannot. */
function lastSegmentKnown({ text, path }: ImageReference): boolean {
  if (path.known) return true;
  const { holes, marks } = scan(text, path.span.start, path.span.end);
  const lastSlash = marks.filter((mark) => text[mark] === "/").at(-1) ?? path.span.start - 1;
  return !holes.some((hole) => hole.end > lastSlash);
}

const openers: readonly (readonly [open: string, close: string])[] = [
  ["${{", "}}"],
  ["{{", "}}"],
  ["${", "}"],
  ["$(", ")"],
  ["$[", "]"],
  ["<<", ">>"],
  ["<", ">"],
  ["#{", "}"],
  ["%{", "}"],
];

/** Where variables stand, and the separators outside them. */
function scan(text: string, start: number, end: number): { holes: readonly Span[]; marks: readonly number[] } {
  const holes: Span[] = [];
  const marks: number[] = [];
  for (let i = start; i < end; ) {
    const to = variableEnd(text, i, end);
    if (to > i) {
      holes.push({ start: i, end: to });
      i = to;
      continue;
    }
    if (text[i] === ":" || text[i] === "/" || text[i] === "@") marks.push(i);
    i++;
  }
  return { holes, marks };
}

/** The end of the variable that starts at `i`, or `i` if none does. One that is never closed takes the rest. */
function variableEnd(text: string, i: number, end: number): number {
  if (!"${<#%".includes(text[i] ?? " ")) return i;
  const pair = openers.find(([open]) => text.startsWith(open, i));
  if (pair) return closing(text, i, end, pair[0], pair[1]);
  const plain = text[i] === "%" ? /%\w+%/y : text[i] === "$" ? /\$\w*/y : undefined;
  if (!plain) return i;
  plain.lastIndex = i;
  return plain.test(text) ? Math.min(plain.lastIndex, end) : i;
}

function closing(text: string, i: number, end: number, open: string, close: string): number {
  const opener = open.at(-1) ?? "";
  let depth = 1;
  for (let at = i + open.length; at < end; at++) {
    if (text.startsWith(close, at)) {
      depth--;
      if (depth === 0) return at + close.length;
    } else if (close.length === 1 && text[at] === opener) depth++;
  }
  return end;
}
