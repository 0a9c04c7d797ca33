/** What is known of a server beside its messages, on a real database. */
import { beforeEach, afterEach, describe, expect, test } from "bun:test";
import { upsertRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { chat } from "../db/queries";
import { discordMember, discordRole, discordServer } from "../db/schema";
import { channelSchema, type ApiUser } from "../models/api";
import { READ_MESSAGE_HISTORY, VIEW_CHANNEL } from "../models/permissions";
import { channelRows, threadRow } from "./channel-rows";
import { memberRow, serverScene } from "./scene";

const user = (id: string, username: string, more: Partial<ApiUser> = {}): ApiUser => ({
  ...{ id, username, global_name: null, bot: null },
  ...more,
});
const nick = (id: string, username: string, name: string | null) =>
  memberRow("bot", "1", user(id, username), name);

let database: Awaited<ReturnType<typeof temporaryDatabase>>;
let db: Db;
beforeEach(async () => {
  database = await temporaryDatabase();
  ({ db } = database);
  await upsertRows(db, discordServer, [{ account: "bot", id: "1", name: "Acme", description: null }]);
  await upsertRows(db, discordRole, [{ account: "bot", serverId: "1", id: "30", name: "Staff" }]);
  await upsertRows(db, discordMember, [nick("10", "ann", "Ann of Acme"), nick("11", "bob", null)]);
  const permissions = String(VIEW_CHANNEL | READ_MESSAGE_HISTORY);
  const guild = { id: "1", name: "Acme", owner_id: "99", roles: [{ id: "1", name: "all", permissions }] };
  const listing = { account: "bot", serverId: "1", stored: new Map() };
  const options = { servers: [], channels: [], exclude: [], rereadDays: 7, privateThreads: false };
  const listed = [channelSchema.parse({ id: "20", type: 0, name: "general" })];
  const [room] = channelRows(listing, listed, { botId: "7", roles: [], guild }, options);
  if (room === undefined) throw new Error("There is no row.");
  const thread = channelSchema.parse({ id: "25", type: 11, name: "On cranes", parent_id: "20" });
  await chat.save(db, [room, threadRow(listing, thread, room)]);
});
afterEach(() => database[Symbol.asyncDispose]());

describe("the scene of a server", () => {
  test("names people, roles and channels as people see them, and nobody of whom it knows nothing", async () => {
    const { names, server } = await serverScene(db, "bot", "1");
    expect(server).toEqual({ id: "1", name: "Acme" });
    expect([names.user("10"), names.user("11"), names.user("12")]).toEqual(["Ann of Acme", "bob", undefined]);
    expect([names.role("30"), names.role("1"), names.role("31")]).toEqual(["Staff", "everyone", undefined]);
    expect([names.channel("20"), names.channel("25"), names.channel("26")]).toEqual([
      "general",
      "On cranes",
      undefined,
    ]);
    expect((await serverScene(db, "bot", "2")).server.name).toBe("Unknown server");
    expect((await serverScene(db, "other", "1")).names.user("10")).toBeUndefined();
  });

  test("places a thread below its channel, and a channel below nothing", async () => {
    const { channels, placeOf } = await serverScene(db, "bot", "1");
    const [room, thread] = [channels.get("20"), channels.get("25")];
    expect(thread && placeOf(thread)).toMatchObject({ name: "On cranes", parent: { name: "general" } });
    expect(room && placeOf(room)).toMatchObject({ name: "general", server: { name: "Acme" } });
    expect(room && placeOf(room).parent).toBeUndefined();
  });
});

describe("people met in messages", () => {
  test("are learnt once, with the name that the server has for them", async () => {
    const { learn, names } = await serverScene(db, "bot", "1");
    const cem = user("12", "cem", { global_name: "Cem", bot: true });
    const { rows, renamed } = learn([cem, cem, user("11", "bob")]);
    expect(rows).toEqual([{ ...nick("12", "cem", null), displayName: "Cem", bot: true }]);
    expect(renamed).toEqual([]);
    expect(names.user("12")).toBe("Cem");
    expect(learn([cem]).rows).toEqual([]);
  });

  test("with another name than before are told, unless the server's own name for them hides it", async () => {
    const { learn, names } = await serverScene(db, "bot", "1");
    const { rows, renamed } = learn([user("10", "annie"), user("11", "bob", { global_name: "Robert" })]);
    expect(renamed).toEqual(["11"]);
    expect(rows.map(({ userId, username, nick: own }) => [userId, username, own])).toEqual([
      ["10", "annie", "Ann of Acme"],
      ["11", "bob", null],
    ]);
    expect([names.user("10"), names.user("11")]).toEqual(["Ann of Acme", "Robert"]);
  });
});
