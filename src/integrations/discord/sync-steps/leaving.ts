/** A channel that is to be read no more: its conversations leave what is served, its rows the tables. */
import type { Page } from "@/core/services/sync/stream";
import { messages } from "../db/messages";
import { deleteChannel, updateChannel } from "../db/queries";
import { HIGHEST_ID } from "./compare";
import type { Conversation, Reading } from "./message-page";
import { channelNotice, openNotices } from "./notices";

/** "closed", "refused" and "no history" may come back, so the index only hides them; "gone" and "left out" are for good. */
export async function leavingPage({ db, channel }: Reading, access: string): Promise<Page<Conversation>> {
  const { account, id } = channel;
  const key = { account, channelId: id };
  const state: "gone" | "hidden" = access === "gone" || access === "left out" ? "gone" : "hidden";
  const artifacts = await messages.artifacts(db, key);
  const notices = [...(await openNotices(db, key, { from: "0", to: HIGHEST_ID })), channelNotice(id)];
  return {
    items: [],
    removed: [
      ...artifacts.map((artifact) => ({ key: artifact, state })),
      ...notices.map((notice) => ({ key: notice, state: "gone" as const })),
    ],
    cursor: { channel: id, leaves: access },
    save: async (tx) => {
      await messages.clear(tx, key);
      if (access === "gone") await deleteChannel(tx, account, id);
      else
        await updateChannel(tx, account, id, {
          access,
          newestRead: null,
          oldestRead: null,
          readDownTo: null,
        });
    },
  };
}
