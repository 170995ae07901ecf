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

export interface FixtureCase {
  readonly title: string;
  readonly prose: string;
  readonly judged: FixtureFile;
  readonly others: readonly FixtureFile[];
  readonly expected: readonly Expectation[];
  readonly options?: string;
  readonly fixed?: string;
}

const defaultNames: Readonly<Record<string, string>> = {
  dockerfile: "Dockerfile",
  yaml: "manifest.yaml",
  terraform: "main.tf",
  hcl: "main.tf",
};

/** The cases of a fixture, in their order. @throws with the heading where a case has no file to judge */
export function readFixture(markdown: string): readonly FixtureCase[] {
  const parts = markdown.split(/^## /m).slice(1);
  return parts.map((part) => readCase(part));
}

interface Block {
  readonly info: readonly string[];
  readonly path?: string;
  readonly text: string;
}

function readCase(part: string): FixtureCase {
  const title = part.slice(0, part.indexOf("\n")).trim();
  const { blocks, prose } = readBlocks(part.slice(part.indexOf("\n") + 1));
  const named = (name: string): string | undefined => blocks.find(({ info }) => info[0] === name)?.text;
  const files = blocks.filter(({ info }) => info[0] !== "fixed" && info[0] !== "options");
  const [first, ...rest] = files;
  if (!first) throw new Error(`case "${title}" has no file to judge`);
  const { text, expected } = readMarks(first.text);
  const eol = (block: string): string => (first.info.includes("crlf") ? block.replace(/\n/g, "\r\n") : block);
  const [options, fixed] = [named("options"), named("fixed")];
  return {
    title,
    prose,
    judged: { path: pathOf(first), language: first.info[0] ?? "", text: eol(text) },
    others: rest.map((block) => ({ path: pathOf(block), language: block.info[0] ?? "", text: block.text })),
    expected,
    ...(options !== undefined && { options }),
    ...(fixed !== undefined && { fixed: eol(fixed) }),
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

const mark = /^(\s*)(\^+) (?:(error|warning|information|hint): )?(.+)$/;

/** Takes the lines of carets out of a block. */
function readMarks(block: string): { readonly text: string; readonly expected: readonly Expectation[] } {
  const lines: string[] = [];
  const expected: Expectation[] = [];
  for (const line of block.split("\n")) {
    const found = mark.exec(line);
    if (!found || lines.length === 0) {
      lines.push(line);
      continue;
    }
    const [, before = "", carets = "", severity, message = ""] = found;
    const start = before.length;
    expected.push({
      line: lines.length - 1,
      start,
      end: start + carets.length,
      message,
      ...(severity && { severity }),
    });
  }
  return { text: lines.join("\n"), expected };
}
