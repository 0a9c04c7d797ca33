import type { SyncContext } from "@/core/models/integration";
import type { Stream } from "@/core/services/sync/stream";
import { createApi } from "../api";
import type { InvalidRequests } from "../invalid-requests";
import type { DiscordOptions } from "../models/models";
import { messagesStream } from "./messages";
import { serversStream } from "./servers";
import { threadsStream } from "./threads";

/** The streams of a bot; `invalid` counts refused requests of the machine's address. */
export function discordStreams(
  context: SyncContext,
  options: DiscordOptions,
  invalid: InvalidRequests,
): readonly Stream<unknown>[] {
  const token = context.credential.apiKey ?? "";
  const api = createApi({ token, services: context, invalid, signal: context.signal });
  const managesThreads = new Map<string, boolean>();
  return [
    serversStream({ context, api, managesThreads }, options),
    threadsStream({ context, api, managesThreads }),
    messagesStream(context, api, options),
  ];
}
