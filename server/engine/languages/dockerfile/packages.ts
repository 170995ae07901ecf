// What package managers are asked to install, and whether a version stands with it.

import type { Command, ShellWord } from "./shell.js";

/** Families of package managers, by the names that options use. */
export const managers = ["apt", "apk", "yum", "zypper", "pip", "npm", "gem", "go"] as const;
export type Manager = (typeof managers)[number];

export interface Install {
  readonly manager: Manager;
  /** As written: "apt-get install". */
  readonly called: string;
  readonly packages: readonly Package[];
}

export interface Package {
  readonly name: string;
  /** The word that names it, version and all. */
  readonly word: ShellWord;
  readonly pinned: boolean;
}

interface Kind {
  readonly manager: Manager;
  readonly program: RegExp;
  /** Words that install, at the place of the first argument that is no flag. */
  readonly verb: RegExp;
  /** Flags whose value is the next word. */
  readonly values: RegExp;
  /** What makes a version, in a package's word. */
  readonly pin: RegExp;
  /** Words that are no packages by name: files, folders, groups. */
  readonly other?: RegExp;
  /** Flags by which versions come from elsewhere. */
  readonly pinnedBy?: RegExp;
}

/** Source: the manuals of the package managers, sections on `install` and `add`. */
const kinds: readonly Kind[] = [
  {
    manager: "apt",
    program: /^(?:apt|apt-get|aptitude)$/,
    verb: /^install$/,
    values: /^(?:-[toc]|--target-release|--default-release|--option|--config-file)$/,
    pin: /[=/]/,
    other: /\.deb$|-$/,
  },
  {
    manager: "apk",
    program: /^apk$/,
    verb: /^add$/,
    values: /^(?:-[tXp]|--virtual|--repository|--root|--arch|--keys-dir|--repositories-file|--cache-dir|--wait)$/,
    pin: /[=<>~@]/,
    other: /^\.|\.apk$/,
  },
  {
    manager: "yum",
    program: /^(?:yum|dnf|microdnf|tdnf)$/,
    verb: /^(?:install|localinstall)$/,
    values:
      /^(?:-[cRx]|--(?:enablerepo|disablerepo|repo|repoid|installroot|releasever|exclude|setopt|forcearch|config))$/,
    pin: /-\d|=/,
    other: /^@|\.rpm$/,
  },
  {
    manager: "zypper",
    program: /^zypper$/,
    verb: /^(?:install|in)$/,
    values: /^(?:-[rtR]|--from|--repo|--type|--root|--name|--capability)$/,
    pin: /[=<>]/,
    other: /\.rpm$/,
  },
  {
    manager: "pip",
    program: /^pip[\d.]*$/,
    verb: /^install$/,
    values:
      /^(?:-[icreft]|--(?:index-url|extra-index-url|requirement|constraint|editable|find-links|target|prefix|root|src|trusted-host|python-version|platform|abi|implementation|cache-dir|proxy|timeout|retries|progress-bar|log|global-option|build-option|config-settings?|no-binary|only-binary|upgrade-strategy|cert|client-cert|exists-action|report|use-feature|group))$/,
    pin: /[=<>~!@]/,
    other: /\.(?:whl|zip|tar\.gz|tgz)$/,
    pinnedBy: /^(?:-c|--constraint|--require-hashes)(?:=|$)/,
  },
  {
    manager: "npm",
    program: /^(?:npm|pnpm|bun)$/,
    verb: /^(?:install|i|add)$/,
    values: /^(?:-[Cw]|--(?:registry|prefix|cache|loglevel|workspace|filter|dir|store-dir|omit|include|tag|cwd))$/,
    pin: /^(?!.*@(?:latest|next|beta|canary)$).+@/,
    other: /\.t(?:ar\.)?gz$|^[\w-]+\/[\w.-]+/,
  },
  {
    manager: "npm",
    program: /^yarn$/,
    verb: /^(?:add|global add)$/,
    values: /^--(?:registry|cache-folder|modules-folder|cwd|prefix|network-timeout)$/,
    pin: /^(?!.*@(?:latest|next|beta|canary)$).+@/,
  },
  {
    manager: "gem",
    program: /^gem$/,
    verb: /^install$/,
    values: /^(?:-[inPsB]|--(?:install-dir|bindir|trust-policy|source|platform|document|build-root))$/,
    pin: /:/,
    other: /\.gem$/,
    pinnedBy: /^(?:-v|--version|-g|--file)/,
  },
  {
    manager: "go",
    program: /^go$/,
    verb: /^(?:install|get)$/,
    values: /^-(?:p|mod|modfile|tags|ldflags|gcflags|asmflags|o|C)$/,
    // A module path without "@" goes by the module's own go.mod.
    pin: /^[^@]*$|@(?!latest$|upgrade$|patch$|main$|master$|HEAD$)/,
  },
];

/** What a command installs by name; undefined where it installs nothing, or only what files and folders list. */
export function installOf({ program, words }: Command): Install | undefined {
  const [name, args] = asPackageManager(program, words.slice(1));
  for (const kind of kinds) {
    if (!kind.program.test(name)) continue;
    const install = read(kind, name, args);
    if (install) return install;
  }
  return undefined;
}

/** `python -m pip install` and `uv pip install` are pip as well. */
function asPackageManager(program: string, args: readonly ShellWord[]): readonly [string, readonly ShellWord[]] {
  const values = args.slice(0, 2).map(({ value }) => value);
  if (/^python[\d.]*$/.test(program) && values[0] === "-m" && values[1] === "pip") return ["pip", args.slice(2)];
  return program === "uv" && values[0] === "pip" ? ["pip", args.slice(1)] : [program, args];
}

function read(kind: Kind, name: string, args: readonly ShellWord[]): Install | undefined {
  const own = withoutFlags(args, kind.values);
  const [first, second] = own.map(({ value }) => value);
  const count = first === undefined ? 0 : kind.verb.test(first) ? 1 : kind.verb.test(`${first} ${second}`) ? 2 : 0;
  if (count === 0) return undefined;
  const all = args.some(({ value }) => kind.pinnedBy?.test(value));
  const packages = own.slice(count).flatMap((word): readonly Package[] => {
    if (!word.literal || !isName(word.value) || kind.other?.test(word.value)) return [];
    return [{ name: nameOf(word.value), word, pinned: all || kind.pin.test(word.value) }];
  });
  const verb = count === 2 ? `${first} ${second}` : first;
  return { manager: kind.manager, called: `${name} ${verb}`, packages };
}

/** Paths, addresses and patterns are no names. */
const isName = (value: string): boolean =>
  value !== "" &&
  !/^[./~-]|:\/\/|^git\+|^(?:file|git|github|link|workspace):|[*?[\]]|\\/.test(value.replace(/\[[\w,-]*\]/, ""));

/** `@scope/name@1.2`, `name==1.2`, `name[extra]~=1` without the version. */
const nameOf = (value: string): string => /^@?[^=<>~!@:;[]+/.exec(value)?.[0] ?? value;

function withoutFlags(args: readonly ShellWord[], takesValue: RegExp): readonly ShellWord[] {
  const own: ShellWord[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i];
    if (!word) break;
    if (!word.value.startsWith("-")) own.push(word);
    else if (takesValue.test(word.value)) i++;
  }
  return own;
}
