import type { SyncContext } from "@/core/models/integration";
import type { Stream } from "@/core/services/sync/stream";
import type { GithubOptions } from "../models/options";
import { openReading } from "../reading";
import { discussionsStream } from "./discussions-stream";
import { filesStream } from "./files-stream";
import { issuesStream } from "./issues-stream";
import { releasesStream } from "./releases-stream";
import { repositoriesStream } from "./repositories-stream";
import { wikiStream } from "./wiki-stream";

/** The streams of an account, repositories first: the others go by what these found. */
export function githubStreams(context: SyncContext, options: GithubOptions): readonly Stream<unknown>[] {
  const reading = openReading(context, options);
  return [
    repositoriesStream(reading),
    issuesStream(reading),
    discussionsStream(reading),
    releasesStream(reading),
    filesStream(reading),
    wikiStream(reading),
  ];
}
