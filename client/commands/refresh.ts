// "Refresh": asks for the progress again, and starts the language server where it has stopped.
import type { ProgressFeed } from "../progress.js";

export function refresh(feed: ProgressFeed): () => Promise<void> {
  return () => feed.refresh();
}
