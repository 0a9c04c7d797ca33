import type { SyncContext } from "@/core/models/integration";
import type { Stream } from "@/core/services/sync/stream";
import { askedOnce } from "@/lib/asked-once";
import { createApi } from "../api";
import { authOf } from "../auth";
import { workspaceOf } from "../connect";
import type { SlackOptions } from "../models/options";
import { messagesStream } from "./messages";
import { type Member, workspaceStream } from "./workspace";

/** The streams of a workspace. */
export function slackStreams(context: SyncContext, options: SlackOptions): readonly Stream<unknown>[] {
  const api = createApi({ auth: authOf(context), services: context, signal: context.signal });
  const member: Member = {
    api,
    options,
    readsAllPublic: context.credential.apiKey?.startsWith("xoxp-") === true,
    workspace: askedOnce(async () => workspaceOf(await api.identity())),
  };
  return [workspaceStream(context, member), messagesStream(context, member)];
}
