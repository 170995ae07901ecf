// npm run build [-- --watch]: the programs into dist/.
import { buildPrograms, watchPrograms } from "./lib/bundle.mjs";

if (process.argv.includes("--watch")) {
  const end = await watchPrograms((line) => console.log(line));
  process.once("SIGINT", () => end().then(() => process.exit(130)));
} else {
  try {
    for (const line of await buildPrograms()) console.log(line);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
