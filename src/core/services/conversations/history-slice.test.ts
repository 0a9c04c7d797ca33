import { describe, expect, test } from "bun:test";
import { channel } from "@test/chat";
import { doneToday, historyPages, type HistoryPlace, placeOfToday } from "./history-slice";

const held = (count: number) => new Map([["c1", count]]);
const yesterday: HistoryPlace = { day: "2020-01-01", left: 3, channel: "c2", after: "70" };

describe("the place of today", () => {
  test("goes on from yesterday's with as many requests as bring all of history round within a month", () => {
    expect(placeOfToday(yesterday, held(60_000), 100)).toMatchObject({
      left: 20,
      channel: "c2",
      after: "70",
    });
    expect(placeOfToday(null, held(5), 100)).toMatchObject({ left: 10, channel: "0", after: "0" });
  });

  test("is what is left of today where it has begun", () => {
    const begun = { ...placeOfToday(yesterday, held(5), 100), left: 4 };
    expect(placeOfToday(begun, held(60_000), 100)).toEqual(begun);
    expect(placeOfToday(doneToday(), held(60_000), 100).left).toBe(0);
  });
});

/** Channels in the order in which they are read again, each with as many pages as are given. */
async function inTurn(place: HistoryPlace, pages: Record<string, number>): Promise<string[]> {
  const found: string[] = [];
  const channels = Object.keys(pages).map((id) => channel(id));
  const again = async function* ({ id }: { id: string }) {
    for (let page = 0; page < (pages[id] ?? 0) && place.left > 0; page++) {
      found.push(`${id} from ${place.after}`);
      place.left--;
      place.after = String(page + 1);
      yield await Promise.resolve({ items: [], cursor: id });
    }
  };
  for await (const page of historyPages(channels, place, again))
    if (page.cursor === "once round") found.push("round");
  return found;
}

test("channels come in turn from where the last slice ended, until the day's requests are used up", async () => {
  const place = { ...yesterday, left: 3 };
  expect(await inTurn(place, { c3: 1, c1: 5, c2: 1 })).toEqual(["c2 from 70", "c3 from 0", "c1 from 0"]);
  expect(place).toMatchObject({ left: 0, channel: "c1", after: "1" });
  expect(await inTurn(place, { c1: 5 })).toEqual([]);
});

test("once round is enough for a day", async () => {
  const place = { ...yesterday, left: 10 };
  expect(await inTurn(place, { c1: 1, c2: 1 })).toEqual(["c2 from 70", "c1 from 0", "round"]);
  expect(place).toMatchObject({ left: 0, channel: "0", after: "0" });
});
