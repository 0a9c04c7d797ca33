import { createIntegration } from "@/core/services/sync/create-integration";
import { githubChoices } from "./choices";
import { githubConfig } from "./config";
import { connectGithub } from "./connect";
import {
  githubClosing,
  githubComment,
  githubCommit,
  githubFile,
  githubLabel,
  githubRelease,
  githubRepository,
  githubThread,
} from "./db/schema";
import { githubOptionsSchema } from "./models/options";
import { githubOAuth } from "./oauth";

/** Repositories at GitHub: issues, pull requests, discussions, releases, documentation. */
export const githubIntegration = createIntegration({
  config: githubConfig,
  options: githubOptionsSchema,
  streams: async (context, options) => {
    const { githubStreams } = await import("./sync-steps/streams");
    return githubStreams(context, options);
  },
  connect: connectGithub,
  oauth: githubOAuth,
  choices: githubChoices,
  tables: [
    githubRepository,
    githubThread,
    githubLabel,
    githubComment,
    githubCommit,
    githubClosing,
    githubRelease,
    githubFile,
  ],
});
