// What tells that an image is also the place where its program is built: commands that build, and packages that compile.

import type { Command } from "./shell.js";

/**
 * Commands that make a program out of its sources. Further words may stand between and behind; a last word also stands for
 * those with ":" at an end (`npm run build:prod`, `gradlew :app:build`). Source: the manuals of the build tools.
 */
export const buildCommands: readonly string[] = [
  ...["npm run build", "pnpm build", "pnpm run build", "yarn build", "yarn run build", "bun run build", "bun build"],
  ...["npx tsc", "npx webpack", "npx vite build", "npx next build", "npx ng build", "ng build", "vite build"],
  ...["next build", "nuxt build", "webpack", "tsc"],
  ...["go build", "cargo build", "cargo install", "swift build", "zig build"],
  ...["mvn package", "mvn install", "mvn verify", "mvn deploy", "mvnw package", "mvnw install", "mvnw verify"],
  ...["gradle build", "gradle assemble", "gradle bootJar", "gradle installDist", "gradle shadowJar", "gradle jar"],
  ...["gradlew build", "gradlew assemble", "gradlew bootJar", "gradlew installDist", "gradlew shadowJar"],
  ...["gradlew jar", "sbt assembly", "sbt stage", "sbt dist", "sbt package", "lein uberjar", "bazel build"],
  ...["dotnet publish", "dotnet build", "mix release", "stack build", "stack install", "cabal build", "cabal install"],
];

/**
 * Tools that compile whatever they are given: in a started image they count, in a box of tools they are its purpose.
 */
export const compileCommands: readonly string[] = ["make", "cmake --build", "ninja", "gcc", "g++", "clang", "javac"];

/** Packages that compile. Names of Debian, Alpine, Fedora and openSUSE. */
export const compilerPackages: readonly string[] = [
  ...["gcc", "g++", "gcc-c++", "gfortran", "cmake", "ninja-build", "build-essential", "build-base"],
  ...["autoconf", "automake", "libtool", "musl-dev", "libc-dev", "libc6-dev", "glibc-devel", "linux-headers"],
  ...["rustc", "cargo", "golang", "golang-go", "maven", "gradle", "python3-dev", "python-dev", "python3-devel"],
];

/** The entry of a list that a command meets, or undefined. */
export function buildCommandIn({ program, words }: Command, list: readonly string[]): string | undefined {
  const args = words.slice(1).map(({ value }) => value);
  return list.find((entry) => {
    const [name, ...wanted] = entry.split(" ");
    if (name !== program) return false;
    let from = 0;
    return wanted.every((word) => {
      const at = args.findIndex(
        (arg, i) => i >= from && (arg === word || arg.startsWith(`${word}:`) || arg.endsWith(`:${word}`)),
      );
      from = at + 1;
      return at >= 0;
    });
  });
}

/** Made once for each pair of lists: the same ones are asked about every file. */
const searches = new WeakMap<readonly string[], { readonly packages: readonly string[]; readonly search: RegExp }>();

/** Finds whether a text names any program or package of the lists: most do not, and need not be read as commands. */
export function buildWords(commands: readonly string[], packages: readonly string[]): RegExp {
  const known = searches.get(commands);
  if (known?.packages === packages) return known.search;
  const programs = [...commands, ...compileCommands].map((command) => command.replace(/ .*/, ""));
  const words = [...new Set([...programs, ...packages])].map((word) => word.replace(/[^\w-]/g, "\\$&"));
  const search = new RegExp(`(?<![\\w-])(?:${words.join("|")})(?![\\w-])`);
  searches.set(commands, { packages, search });
  return search;
}

/** Whether a command takes packages away again: what the same layer takes away, the image does not keep. */
export const removesPackages = ({ program, words }: Command): boolean =>
  /^(?:apt|apt-get|aptitude|apk|yum|dnf|microdnf|zypper)$/.test(program) &&
  words.some(({ value }) => /^(?:del|remove|purge|autoremove|erase|rm)$/.test(value));

/** Whether a command takes a folder away, such as that of the sources. */
export const removesFolders = ({ program, words }: Command): boolean =>
  program === "rm" && words.some(({ value }) => /^-[a-zA-Z]*[rR]/.test(value));
