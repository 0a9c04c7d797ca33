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
import { openReading } from "./reading";
import { discussionsStream } from "./sync-steps/discussions-stream";
import { filesStream } from "./sync-steps/files-stream";
import { issuesStream } from "./sync-steps/issues-stream";
import { releasesStream } from "./sync-steps/releases-stream";
import { repositoriesStream } from "./sync-steps/repositories-stream";
import { wikiStream } from "./sync-steps/wiki-stream";

/** Repositories at GitHub: issues, pull requests, discussions, releases, documentation. */
export const githubIntegration = createIntegration({
  config: githubConfig,
  options: githubOptionsSchema,
  streams: (context, options) => {
    const reading = openReading(context, options);
    return [
      repositoriesStream(reading),
      issuesStream(reading),
      discussionsStream(reading),
      releasesStream(reading),
      filesStream(reading),
      wikiStream(reading),
    ];
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
