import { createIntegration } from "@/core/services/sync/create-integration";
import { filesConfig } from "./config";
import { connectFolder } from "./connect";
import { filesFile } from "./db/schema";
import { filesStream } from "./sync-steps/stream";

/** Files of a folder on this machine. */
export const filesIntegration = createIntegration({
  config: filesConfig,
  streams: (context) => [filesStream(context)],
  connect: connectFolder,
  tables: [filesFile],
});
