// npm run package: builds and packs dakota-<version>.vsix.
import { buildPrograms } from "./lib/bundle.mjs";
import { packageExtension } from "./lib/package.mjs";

try {
  for (const line of await buildPrograms()) console.log(line);
  const { file, bytes } = await packageExtension();
  console.log(`${file}: ${(bytes / 1024).toFixed(0)} KB`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
