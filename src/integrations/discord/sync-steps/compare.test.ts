/** Pages of messages against what is stored, on a real database. */
import { describe, expect, test } from "bun:test";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { upsertRows } from "@/core/db/own-rows";
import { messages } from "../db/messages";
import { discordServer } from "../db/schema";
import { messagesSchema } from "../models/api";
import { compare, HIGHEST_ID, type Interval } from "./compare";
import { serverScene } from "./scene";

const key = { account: "bot", channelId: "20" };
const whole: Interval = { from: "0", to: HIGHEST_ID };
const ann = { id: "10", username: "ann", global_name: "Ann" };

const message = (id: number | string, content = `Note ${id}`, more: Record<string, unknown> = {}) => ({
  id: String(id),
  type: 0,
  author: ann,
  timestamp: "2026-03-03T14:00:00+00:00",
  content,
  ...more,
});

async function place(): Promise<
  AsyncDisposable & { read: (page: object[], interval?: Interval) => ReturnType<typeof compare>; db: Db }
> {
  const database = await temporaryDatabase();
  const { db } = database;
  await upsertRows(db, discordServer, [{ account: "bot", id: "1", name: "Acme", description: null }]);
  const scene = await serverScene(db, "bot", "1");
  return {
    db,
    read: (page, interval = whole) => compare(db, key, scene, messagesSchema.parse(page), interval),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

/** Writes what a page says, as the engine does. */
async function stored(...page: object[]) {
  const made = await place();
  await messages.save(made.db, [...(await made.read(page)).written.values()]);
  return made;
}

describe("a page of messages", () => {
  test("whose files only bear another signature is as it was", async () => {
    const signed = (signature: number) => {
      const url = `https://cdn.discordapp.com/attachments/1/2/plan.png?ex=${signature}&is=1&hm=2`;
      const media = { url, proxy_url: url.replace("cdn.discordapp.com", "media.discordapp.net") };
      return message(101, "", {
        embeds: [{ title: "Plan", image: media }],
        attachments: [{ filename: "plan.png", size: 1, ...media }],
        components: [
          { type: 12, items: [{ media, description: "Plan" }] },
          { type: 10, content: "Look" },
        ],
      });
    };
    await using one = await stored(signed(1));
    expect((await one.read([signed(2)])).written.size).toBe(0);
  });

  test("that is new is written, with what SQL wants to know of each", async () => {
    await using one = await place();
    const reply = {
      type: 19,
      message_reference: { message_id: "101" },
      edited_timestamp: "2026-03-03T15:00:00+00:00",
    };
    const more = {
      reactions: [{ emoji: { name: "👍" }, count: 2 }],
      attachments: [{ filename: "a", size: 1 }],
    };
    const { written, deleted, failures, users } = await one.read([
      message(103, "Yes", { ...reply, ...more }),
      message(101),
    ]);
    expect([...written.keys()]).toEqual(["103", "101"]);
    expect(written.get("103")).toMatchObject({
      channelId: "20",
      serverId: "1",
      authorId: "10",
      authorName: "Ann",
      content: "Yes",
      replyTo: "101",
      editedAt: "2026-03-03T15:00:00.000Z",
      reactions: 2,
      attachments: 1,
      said: true,
      artifact: null,
    });
    expect([deleted.size, failures.length, users.length]).toEqual([0, 0, 2]);
  });

  test("that is known says nothing; what was edited, reacted to or pinned is written again", async () => {
    await using one = await stored(message(101), message(102), message(103), message(104));
    const { written, deleted } = await one.read([
      message(101),
      message(102, "Edited"),
      message(103, "Note 103", { reactions: [{ emoji: { name: "👍" }, count: 1 }] }),
      message(104, "Note 104", { pinned: true }),
    ]);
    expect([...written.keys()]).toEqual(["102", "103", "104"]);
    expect(deleted.size).toBe(0);
  });

  test("tells deletions within its interval alone", async () => {
    await using one = await stored(message(101), message(102), message(103), message(104));
    const { deleted, gone } = await one.read([message(103)], { from: "102", to: "103" });
    expect([...deleted]).toEqual(["102"]);
    expect(gone.map(({ content }) => content)).toEqual(["Note 102"]);
  });

  test("keeps ids of every length in their order", async () => {
    await using one = await stored(message(99), message(100), message("18446744073709551615"));
    const { deleted } = await one.read([], { from: "100", to: HIGHEST_ID });
    expect([...deleted]).toEqual(["100", "18446744073709551615"]);
  });

  test("with one message of a shape of tomorrow fails that one, and keeps what is stored of it", async () => {
    await using one = await stored(message(101), message(102));
    const { failures, written, deleted } = await one.read([message(101), { id: "102", type: "hologram" }]);
    expect(failures).toEqual([
      { key: "message:20:102", reason: expect.stringContaining("Message 102 has a shape") },
    ]);
    expect([written.size, deleted.size]).toEqual([0, 0]);
  });

  test("names webhooks as they name themselves, and learns nobody from them", async () => {
    await using one = await place();
    const { written, users } = await one.read([
      message(101, "News", { author: { id: "10", username: "Herald" }, webhook_id: "7" }),
    ]);
    expect(written.get("101")?.authorName).toBe("Herald");
    expect(users).toEqual([]);
  });
});

describe("contents that Discord hides", () => {
  test("never take the place of what is stored", async () => {
    await using one = await stored(message(101));
    await expect(one.read([message(101, "")])).rejects.toThrow("Message Content intent is off");
  });

  test("are not suspected where embeds were taken off, or where others can be read on the same page", async () => {
    const bot = { author: { ...ann, id: "11", bot: true } };
    await using one = await stored(
      message(101, "", { ...bot, embeds: [{ title: "Release" }] }),
      message(102),
    );
    const { written } = await one.read([message(101, "", { ...bot, embeds: [], flags: 4 }), message(102)]);
    expect([...written.keys()]).toEqual(["101"]);
    // What speaks to the bot is shown to it in any case, so it proves nothing.
    const toBot = message(103, "Hello", { mentions: [{ id: "99", username: "bot" }] });
    await expect(one.read([message(102, ""), toBot])).rejects.toThrow("Message Content intent is off");
    expect((await one.read([message(102, ""), message(104, "Read me")])).written.size).toBe(2);
  });

  test("are told by many new messages that are all empty", async () => {
    await using one = await place();
    const silent = Array.from({ length: 12 }, (_, at) => message(100 + at, ""));
    await expect(one.read(silent)).rejects.toThrow("Message Content intent is off");
  });

  test("are not suspected behind a few empty messages, files, stickers, or what bots and Discord itself write", async () => {
    await using one = await place();
    const few = Array.from({ length: 3 }, (_, at) => message(100 + at, ""));
    expect((await one.read(few)).written.size).toBe(3);
    const files = Array.from({ length: 12 }, (_, at) =>
      message(200 + at, "", { attachments: [{ filename: "a" }] }),
    );
    expect((await one.read(files)).written.size).toBe(12);
    const bots = Array.from({ length: 12 }, (_, at) =>
      message(300 + at, "", { author: { ...ann, bot: true } }),
    );
    expect((await one.read(bots)).written.size).toBe(12);
    const joins = Array.from({ length: 12 }, (_, at) => message(400 + at, "", { type: 7 }));
    expect([...(await one.read(joins)).written.values()].every(({ said }) => !said)).toBe(true);
  });
});
