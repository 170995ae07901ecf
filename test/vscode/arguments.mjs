// What a desktop VS Code is asked for on its command line, and what the embedded one says that nobody needs to hear.

/**
 * @typedef {object} Request
 * @property {string} open folder or `.code-workspace` file
 * @property {string} development folder of the extension under development
 * @property {string} tests script with a `run`
 * @property {string} [extensions] folder of installed extensions
 * @property {string} [data] folder for user data
 */

/**
 * Reads the arguments of `code`; switches that mean nothing to the embedded VS Code are passed over.
 * @param {readonly string[]} args
 * @returns {Request}
 * @throws Error when one that is needed is missing
 */
export function parseArguments(args) {
  /** @param {string} name */
  const value = (name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  /** @param {string} what @param {string | undefined} found */
  const needed = (what, found) => {
    if (!found) throw new Error(`the embedded VS Code needs ${what}`);
    return found;
  };
  const extensions = value("extensions-dir");
  const data = value("user-data-dir");
  return {
    open: needed(
      "a folder or workspace to open",
      args.find((arg) => !arg.startsWith("-")),
    ),
    development: needed("--extensionDevelopmentPath", value("extensionDevelopmentPath")),
    tests: needed("--extensionTestsPath", value("extensionTestsPath")),
    ...(extensions ? { extensions } : {}),
    ...(data ? { data } : {}),
  };
}

// The embedded VS Code lacks its compiled parts and reaches no gallery; built-in extensions complain about both.
const noise = [
  /Could not locate the bindings file/,
  /\b(native-watchdog|spdlog|kerberos|node-pty|windows-process-tree)\b/,
  /open-vsx\.org|vscode-cdn\.net/,
  /Service Worker/i,
  // Told again by the result of the test that failed.
  /tests in VS Code failed/,
];

/** @param {string} text one message of the extension host's console */
export const isNoise = (text) => noise.some((pattern) => pattern.test(text));

/** @param {string} text one message of the extension host's console */
export const isResult = (text) => /^ {2}[✔✖-] /u.test(text);
