// Reads a fixture: one Markdown file a rule, test, example and documentation in one.

export interface FixtureFile {
  readonly path: string;
  readonly language: string;
  readonly text: string;
}

export interface Expectation {
  /** Zero-based; the end is clipped to the end of the line. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly severity?: string;
}

/** What a hover shows of a finding, where a fixture asks for it (`^^^ resolved: …`). */
export interface ResolvedMark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly resolved: string;
}

export interface FixtureCase {
  readonly title: string;
  readonly prose: string;
  readonly judged: FixtureFile;
  readonly others: readonly FixtureFile[];
  readonly expected: readonly Expectation[];
  readonly resolved: readonly ResolvedMark[];
  readonly options?: string;
  readonly fixed?: string;
  /** A file that the fixes create: a block `fixed` with a path of its own. */
  readonly created?: FixtureFile;
}

const defaultNames: Readonly<Record<string, string>> = {
  dockerfile: "Dockerfile",
  yaml: "manifest.yaml",
  terraform: "main.tf",
  hcl: "main.tf",
};

/** The cases of a fixture, in their order. @throws with the heading where a case has no file to judge */
export function readFixture(markdown: string): readonly FixtureCase[] {
  return splitCases(markdown).map((part) => readCase(part));
}

/** The text behind each heading of a case; a heading inside a fence is text of a file. */
function splitCases(markdown: string): readonly string[] {
  const parts: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split(/(?<=\n)/)) {
    const marks = /^(`{3,})(.*)/.exec(line);
    if (fence === undefined) fence = marks?.[1];
    else if (marks?.[1] === fence && marks[2] === "") fence = undefined;
    if (fence === undefined && line.startsWith("## ")) parts.push(line.slice(3));
    else if (parts.length > 0) parts.push(`${parts.pop()}${line}`);
  }
  return parts;
}

interface Block {
  readonly info: readonly string[];
  readonly path?: string;
  readonly text: string;
}

function readCase(part: string): FixtureCase {
  const title = part.slice(0, part.indexOf("\n")).trim();
  const { blocks, prose } = readBlocks(part.slice(part.indexOf("\n") + 1));
  const named = (name: string): string | undefined =>
    blocks.find(({ info, path }) => info[0] === name && path === undefined)?.text;
  const created = blocks.find(({ info, path }) => info[0] === "fixed" && path !== undefined);
  const files = blocks.filter(({ info }) => info[0] !== "fixed" && info[0] !== "options");
  const [first, ...rest] = files;
  if (!first) throw new Error(`case "${title}" has no file to judge`);
  const { text, expected, resolved } = readMarks(first.text);
  const eol = (block: string): string => (first.info.includes("crlf") ? block.replace(/\n/g, "\r\n") : block);
  const [options, fixed] = [named("options"), named("fixed")];
  return {
    title,
    prose,
    judged: { path: pathOf(first), language: first.info[0] ?? "", text: eol(text) },
    others: rest.map((block) => ({ path: pathOf(block), language: block.info[0] ?? "", text: block.text })),
    expected,
    resolved,
    ...(options !== undefined && { options }),
    ...(fixed !== undefined && { fixed: eol(fixed) }),
    ...(created && { created: { path: pathOf(created), language: "", text: eol(created.text) } }),
  };
}

const pathOf = ({ path, info }: Block): string => path ?? defaultNames[info[0] ?? ""] ?? "file";

function readBlocks(text: string): { readonly blocks: readonly Block[]; readonly prose: string } {
  const blocks: Block[] = [];
  const prose: string[] = [];
  let path: string | undefined;
  let open: { fence: string; info: readonly string[]; lines: string[] } | undefined;
  for (const line of text.split("\n")) {
    const fence = /^(`{3,})(.*)$/.exec(line);
    if (open && fence?.[1] === open.fence && fence[2] === "") {
      blocks.push({ info: open.info, text: open.lines.map((one) => `${one}\n`).join(""), ...(path && { path }) });
      open = undefined;
      path = undefined;
    } else if (open) open.lines.push(line);
    else if (fence?.[1]) open = { fence: fence[1], info: (fence[2] ?? "").trim().split(/\s+/), lines: [] };
    else if (line.startsWith("### ")) path = line.slice(4).trim();
    else prose.push(line);
  }
  return { blocks, prose: prose.join("\n").trim() };
}

const mark = /^(\s*)(\^+) (?:(error|warning|information|hint|resolved): )?(.+)$/;

/** Takes the lines of carets out of a block. */
function readMarks(block: string): Pick<FixtureCase, "expected" | "resolved"> & { readonly text: string } {
  const lines: string[] = [];
  const expected: Expectation[] = [];
  const resolved: ResolvedMark[] = [];
  for (const line of block.split("\n")) {
    const found = mark.exec(line);
    if (!found || lines.length === 0) {
      lines.push(line);
      continue;
    }
    const [, before = "", carets = "", severity, message = ""] = found;
    const place = { line: lines.length - 1, start: before.length, end: before.length + carets.length };
    if (severity === "resolved") resolved.push({ ...place, resolved: message });
    else expected.push({ ...place, message, ...(severity && { severity }) });
  }
  return { text: lines.join("\n"), expected, resolved };
}
