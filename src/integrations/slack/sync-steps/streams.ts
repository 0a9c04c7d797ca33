import type { SyncContext } from "@/core/models/integration";
import type { Stream } from "@/core/services/sync/stream";
import { createApi, type SlackApi } from "../api";
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
    workspace: once(api),
  };
  return [workspaceStream(context, member), messagesStream(context, member)];
}

function once(api: SlackApi): Member["workspace"] {
  let asked: ReturnType<Member["workspace"]> | undefined;
  return () => (asked ??= api.identity().then(workspaceOf));
}
