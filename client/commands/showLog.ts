// "Show Log": the output channel with what client and server had to say.
import type { Server } from "../languageClient.js";

export function showLog(server: Server): () => void {
  return () => server.log.show();
}
