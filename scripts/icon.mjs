// Draws media/icon.svg as the 128-pixel PNG that the Marketplace wants: node scripts/icon.mjs
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { browserSwitches, prepareBrowser } from "./lib/browser.mjs";
import { inProject } from "./lib/paths.mjs";

const size = 128;
const { path, env } = await prepareBrowser();
const browser = await chromium.launch({
  executablePath: path,
  args: browserSwitches,
  env: { ...process.env, ...env },
});
try {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<body style="margin:0">${readFileSync(inProject("media/icon.svg"), "utf8")}`);
  await page.screenshot({ path: inProject("media/icon.png"), omitBackground: true });
} finally {
  await browser.close();
}
