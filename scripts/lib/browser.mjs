// Finds a Chromium to show VS Code in, or brings one.
import { accessSync, constants, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { installInto, prepared } from "./npm.mjs";
import { run } from "./processes.mjs";
import { step } from "./steps.mjs";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "microsoft-edge-stable",
];

const npmChromium = "147.0.0";

/** Switches for a browser that nobody looks at: no first run, no updates, nothing said to anybody. */
export const browserSwitches = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @typedef {{ readonly path: string, readonly env: Record<string, string>, readonly from: string }} Browser */

/**
 * A Chromium that starts: the one that $CHROMIUM or $DAKOTA_BROWSER names, an installed one, npm's or Debian's.
 * @returns {Promise<Browser>}
 * @throws Error that says what to install when none can be had
 */
export async function prepareBrowser() {
  const named = process.env.CHROMIUM || process.env.DAKOTA_BROWSER;
  if (named) return await given(named);
  const installed = await findInstalled();
  if (installed) return installed;
  /** @type {string[]} */
  const reasons = [];
  for (const bring of [fromNpm, fromDebian]) {
    const brought = await bring(reasons);
    if (brought) return brought;
  }
  const hint = "Install Chromium or Google Chrome, or set CHROMIUM to the path of one";
  throw new Error([`No Chromium to run VS Code in. ${hint}.`, ...reasons.map((reason) => `- ${reason}`)].join("\n"));
}

/** @param {string} path @returns {Promise<Browser>} */
async function given(path) {
  const fault = await faultOf(path);
  if (fault) throw new Error(`The browser that CHROMIUM or DAKOTA_BROWSER names does not start: ${fault}`);
  return { path, env: {}, from: "named" };
}

/** @returns {Promise<Browser | undefined>} */
async function findInstalled() {
  // A file of that name can also be a hint to install something (Ubuntu's chromium-browser), so each has to answer.
  for (const path of candidates(process.platform, process.env))
    if (isExecutable(path) && !(await faultOf(path))) return { path, env: {}, from: "installed" };
  return undefined;
}

/**
 * Where a Chromium can be, best first.
 * @param {NodeJS.Platform} platform
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {readonly string[]}
 */
export function candidates(platform, env) {
  if (platform === "win32") {
    const roots = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].flatMap((name) => env[name] ?? []);
    const places = [
      "Google\\Chrome\\Application\\chrome.exe",
      "Chromium\\Application\\chrome.exe",
      "Microsoft\\Edge\\Application\\msedge.exe",
    ];
    return places.flatMap((place) => roots.map((root) => `${root}\\${place}`));
  }
  const onPath = (env.PATH ?? "")
    .split(delimiter)
    .filter(isAbsolute)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  if (platform !== "darwin") return [...onPath, "/opt/google/chrome/chrome", "/snap/bin/chromium"];
  const apps = ["Google Chrome", "Chromium", "Microsoft Edge"];
  return [
    ...["/Applications", `${env.HOME ?? ""}/Applications`].flatMap((folder) =>
      apps.map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`),
    ),
    ...onPath,
  ];
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Why a browser does not start; undefined when it does.
 * @param {string} path
 * @param {Record<string, string>} [env]
 */
async function faultOf(path, env = {}) {
  // On Windows asking for the version would open a window.
  if (process.platform === "win32") return existsSync(path) ? undefined : `${path} does not exist`;
  try {
    const { code, output } = await run(path, ["--version"], { env: { ...process.env, ...env }, timeout: 30_000 });
    return code === 0
      ? undefined
      : `${path} --version ended with ${code}: ${output.trim().split("\n").slice(-3).join(" ")}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @param {string[]} reasons takes why there is none @returns {Promise<Browser | undefined>} */
async function fromNpm(reasons) {
  if (process.platform !== "linux" || process.arch !== "x64") {
    reasons.push(`npm has a Chromium for Linux on x64 only, this is ${process.platform} on ${process.arch}`);
    return undefined;
  }
  try {
    const browser = await unpackFromNpm();
    const fault = await faultOf(browser.path, browser.env);
    if (!fault) return browser;
    reasons.push(`npm's Chromium does not start: ${fault}`);
  } catch (error) {
    reasons.push(`npm's Chromium cannot be had: ${error instanceof Error ? error.message : error}`);
  }
  return undefined;
}

// The one that comes along is built for cloud functions: it knows its own fonts only where such a function would have them.
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** @returns {Promise<Browser>} */
async function unpackFromNpm() {
  const place = await prepared(`chromium-${npmChromium}`, `@sparticuz/chromium ${npmChromium}`, (folder) =>
    step(`Preparing Chromium ${npmChromium}`, async (say) => {
      await installInto(folder, { "@sparticuz/chromium": npmChromium }, say);
      const temporary = join(folder, "unpacked");
      mkdirSync(temporary);
      const script = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath();';
      // The package unpacks into the temporary folder, and the libraries that a bare system lacks only in such a function.
      const env = { ...process.env, TMPDIR: temporary, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" };
      const { code, output } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd: folder, env });
      if (code !== 0) throw new Error(`it does not unpack: ${output.trim()}`);
      writeFileSync(join(temporary, "fonts", "fonts.conf"), fontConfiguration);
      rmSync(join(folder, "node_modules"), { recursive: true });
    }),
  );
  const unpacked = join(place, "unpacked");
  const libraries = [join(unpacked, "al2023", "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
  return {
    path: join(unpacked, "chromium"),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(unpacked, "fonts") },
    from: "npm",
  };
}

/** @param {string[]} reasons takes why there is none @returns {Promise<Browser | undefined>} */
async function fromDebian(reasons) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    reasons.push("Debian's Chromium needs apt-get and root");
    return undefined;
  }
  await step("Installing Debian's Chromium", async (say) => {
    for (const args of [["update"], ["install", "--yes", "--no-install-recommends", "chromium"]]) {
      const { code, output } = await run("apt-get", args, {
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      });
      if (code !== 0) {
        reasons.push(`apt-get ${args[0]} ended with ${code}: ${output.trim().split("\n").slice(-2).join(" ")}`);
        say(`apt-get ${args[0]} failed`);
        return;
      }
    }
  });
  return await findInstalled();
}
