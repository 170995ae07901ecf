// Shows an address in the user's own browser, where there is one.
import { spawn } from "node:child_process";

/** What opens an address on each platform, best first. @type {Partial<Record<NodeJS.Platform, readonly string[]>>} */
const openers = { darwin: ["open"], win32: ["rundll32", "url.dll,FileProtocolHandler"], linux: ["xdg-open"] };

/**
 * Opens the address; does nothing where there is no browser or no screen.
 * @param {string} address
 */
export function openAddress(address) {
  const hasScreen = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const [command, ...args] = openers[process.platform] ?? [];
  if (!hasScreen || !command) return;
  // The browser is the user's: it goes on after us, and its words are not ours.
  const child = spawn(command, [...args, address], { stdio: "ignore", detached: true });
  child.once("error", () => {});
  child.unref();
}
