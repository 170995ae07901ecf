// Lets a test that runs inside the embedded VS Code act on the window around it: press keys, click, look, take a picture.
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { dirname } from "node:path";

/** The window, in CSS pixels. */
const size = { width: 1280, height: 800 };

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {{ readonly x: number, readonly y: number, readonly width: number, readonly height: number }} Box */

/** What can be asked for; all take and give plain JSON. Selectors are Playwright's. */
const acts = {
  /** @param {Page} page @param {{ keys: string }} ask */
  press: (page, { keys }) => page.keyboard.press(keys),
  /** @param {Page} page @param {{ text: string }} ask */
  type: (page, { text }) => page.keyboard.type(text, { delay: 5 }),
  /** @param {Page} page @param {{ selector: string }} ask */
  click: async (page, { selector }) => (await placed(page, selector)).click({ timeout: 10_000 }),
  /** @param {Page} page @param {{ selector: string, text: string }} ask what a field is to hold */
  fill: async (page, { selector, text }) => (await placed(page, selector)).fill(text, { timeout: 10_000 }),
  /** @param {Page} page @param {{ selector: string }} ask */
  hover: (page, { selector }) => page.locator(selector).first().hover({ timeout: 10_000 }),
  /** @param {Page} page @param {{ selector: string }} ask @returns {Promise<string[]>} what is to be read there */
  texts: async (page, { selector }) => {
    const found = await Promise.all(
      page.frames().map((frame) =>
        frame
          .locator(selector)
          .allInnerTexts()
          .catch(() => []),
      ),
    );
    return found.flat();
  },
  /** @param {Page} page @param {{ file: string, clip?: Box, selector?: string }} ask a picture of the window, a part or an element */
  picture: async (page, { file, clip, selector }) => {
    mkdirSync(dirname(file), { recursive: true });
    const still = /** @type {const} */ ({ path: file, animations: "disabled", caret: "hide", scale: "css" });
    if (selector) await page.locator(selector).first().screenshot(still);
    else await page.screenshot({ ...still, ...(clip ? { clip } : {}) });
  },
};

/**
 * The element in the window, or in a page that is shown in it: those are frames of their own.
 * @param {Page} page @param {string} selector
 */
async function placed(page, selector) {
  for (const frame of page.frames()) {
    const element = frame.locator(selector).first();
    if (await element.isVisible().catch(() => false)) return element;
  }
  return page.locator(selector).first();
}

/**
 * Listens on 127.0.0.1 behind a secret path.
 * @returns {Promise<{ readonly url: string, readonly size: typeof size, readonly show: (page: Page) => void }>}
 *   `url` is what tests ask; `show` says which page they act on
 */
export async function serveStage() {
  /** @type {Page | undefined} */
  let shown;
  const secret = randomBytes(16).toString("hex");
  const server = createServer(async (request, response) => {
    const [, given, name = ""] = (request.url ?? "").split("/");
    if (given !== secret || !(name in acts)) return void response.writeHead(404).end();
    try {
      if (!shown) throw new Error("there is no window yet");
      const act = /** @type {(page: Page, ask: unknown) => Promise<unknown>} */ (
        acts[/** @type {keyof typeof acts} */ (name)]
      );
      const result = await act(shown, JSON.parse(await bodyOf(request)));
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result ?? null));
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.message : String(error));
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  server.unref();
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the stage has no address");
  return {
    url: `http://127.0.0.1:${address.port}/${secret}`,
    size,
    show: (page) => {
      shown = page;
    },
  };
}

/** @param {import("node:http").IncomingMessage} request */
async function bodyOf(request) {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return text;
}
