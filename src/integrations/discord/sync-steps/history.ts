/** Reads a stretch of a channel's older history again, so that edits and deletions there are found. */
import type { ArtifactPages } from "@/core/services/conversations/channel-pages";
import type { HistoryPlace } from "@/core/services/conversations/history-slice";
import { PAGE } from "../api";
import { compareIds, highestOf, idBefore } from "../models/snowflake";
import { messagePage } from "./message-page";
import { compareSafely, idAfter, type Walk } from "./walk";

/** Pages upwards from a place, to where every sync reads again anyhow. Moves `place` on. */
export async function* readAgain(walk: Walk, place: HistoryPlace): ArtifactPages {
  const { api, channel, young } = walk;
  while (place.left > 0 && compareIds(idAfter(place.after), young) < 0) {
    const after = highestOf(place.after, idBefore(walk.floor));
    const page = await api.messages(channel.id, { after });
    const full = page.length === PAGE;
    const top = full ? (page[0]?.id ?? after) : young;
    const older = page.filter(({ id }) => compareIds(id, top) <= 0);
    const compared = await compareSafely(walk, older, { from: idAfter(after), to: top });
    place.left--;
    place.after = full ? top : young;
    yield await messagePage(walk, compared, {}, { history: place.after });
  }
}
