import { storedOptions } from "@/core/services/credentials/options";
import { createIntegration } from "@/core/services/sync/create-integration";
import { filesConfig } from "./config";
import { connectFolder } from "./connect";
import { filesFile } from "./db/schema";
import { filesOptionsSchema } from "./models/models";
import { watchFolder } from "./watch";

/** Files of a folder on this machine. */
export const filesIntegration = createIntegration({
  config: filesConfig,
  options: filesOptionsSchema,
  streams: async (context, options) => {
    const { filesStream } = await import("./sync-steps/stream");
    return [filesStream(context, options)];
  },
  connect: connectFolder,
  tables: [filesFile],
  watch: (context, onChange) => {
    const options = storedOptions(filesConfig, filesOptionsSchema, context.credential.options);
    if (!options.watch) return;
    watchFolder(options.path, onChange, context.signal, {
      onEnd: (reason) => context.log.warn(reason, { account: context.account }),
    });
  },
});
