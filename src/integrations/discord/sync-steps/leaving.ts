/** A channel that is to be read no more: its conversations leave what is served, its rows the tables. */
import type { Page } from "@/core/services/sync/stream";
import { artifactsOf, deleteMessages } from "../db/messages";
import { deleteChannel, updateChannel } from "../db/queries";
import type { Conversation, Reading } from "./message-page";

/** "closed", "refused" and "no history" may come back, so the index only hides them; "gone" and "left out" are for good. */
export async function leavingPage({ db, channel }: Reading, access: string): Promise<Page<Conversation>> {
  const { account, id } = channel;
  const key = { account, channelId: id };
  const state = access === "gone" || access === "left out" ? "gone" : "hidden";
  const artifacts = await artifactsOf(db, key);
  return {
    items: [],
    removed: artifacts.map((artifact) => ({ key: artifact, state })),
    cursor: { channel: id, leaves: access },
    save: async (tx) => {
      await deleteMessages(tx, key);
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
