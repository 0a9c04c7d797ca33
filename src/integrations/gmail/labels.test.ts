/** Which threads the settings want, and what follows when they come to fit or no longer do. */
import { expect, test } from "bun:test";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { startGmail } from "../../../test/fakes/gmail/fake";
import { type FakeMessage, keyOf } from "../../../test/fakes/gmail/world";
import { gmailIntegration } from "./integration";

async function mailbox(
  options: Record<string, string>,
  talk: (world: Awaited<ReturnType<typeof startGmail>>["world"]) => void,
) {
  const clock = fastClock();
  const fake = await startGmail({ seed: 5, items: 0, clock });
  talk(fake.world);
  const place = await connectedApp(
    gmailIntegration,
    { ...fake, credential: { ...fake.credential, options } },
    { clock },
  );
  return {
    ...place,
    ...{ fake, world: fake.world },
    keys: async () => [...(await place.served()).keys()].sort(),
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

const keysOf = (...messages: (FakeMessage | undefined)[]) =>
  messages.flatMap((message) => (message === undefined ? [] : keyOf(message))).sort();

test("only chosen labels are read, by name or id, and threads come and go with them", async () => {
  let threads: FakeMessage[] = [];
  await using place = await mailbox({ labels: "clients, STARRED" }, (world) => {
    threads = [["INBOX"], ["INBOX", "Label_1"], ["STARRED"]].map((labels) => world.write({ labels }));
  });
  const [plain, client, starred] = threads;
  await place.sync();
  expect(await place.keys()).toEqual(keysOf(client, starred));
  if (plain === undefined || client === undefined) throw new Error("There is no mail.");
  place.world.label(plain, ["Label_1"]);
  place.world.label(client, [], ["Label_1"]);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1, deleted: 1 });
  expect(await place.keys()).toEqual(keysOf(plain, starred));
  await place.sync();
  expect(await place.keys()).toEqual(keysOf(plain, starred));
  place.world.names.set("Label_1", "Customers");
  expect(await place.sync("incremental")).toMatchObject({ state: "failed" });
  expect(await place.keys()).toEqual(keysOf(plain, starred));
});

test("a label whose messages are few decides for their whole thread", async () => {
  let threads: FakeMessage[] = [];
  await using place = await mailbox({ labels: "Clients", since: "2026-01-01" }, (world) => {
    const at = (day: string) => Date.parse(`${day}T10:00:00Z`);
    const old = world.write({ labels: ["Label_1"], at: at("2025-03-01") });
    const revived = world.write({ labels: ["Label_1"], at: at("2025-03-02") });
    world.write({ threadId: revived.threadId, labels: ["INBOX"], at: at("2026-02-01") });
    threads = [old, revived];
  });
  for (const mode of ["full", "incremental", "full"] as const) {
    expect(await place.sync(mode)).toMatchObject({ state: "succeeded" });
    expect(await place.keys()).toEqual(keysOf(threads[1]));
  }
});

test("labels that are left out leave out the thread, also once they are called otherwise", async () => {
  let threads: FakeMessage[] = [];
  await using place = await mailbox({ leaveOut: "Private" }, (world) => {
    threads = [world.write(), world.write({ labels: ["INBOX", "Label_2"] })];
  });
  await place.sync();
  expect(await place.keys()).toEqual(keysOf(threads[0]));
  place.world.names.set("Label_2", "Privately");
  expect(await place.sync()).toMatchObject({ state: "failed" });
  const [run] = await place.app.sql
    .query('SELECT "error" FROM "syncTask" ORDER BY "updateDate" DESC LIMIT 1')
    .then(({ rows }) => rows);
  expect(String(run)).toContain("no label 'Private'. Did it become Privately or Primary?");
  expect(await place.keys()).toEqual(keysOf(threads[0]));
});

test("promotions and social are left out, unless asked for or answered", async () => {
  const talk = (world: Awaited<ReturnType<typeof startGmail>>["world"]) => {
    world.write();
    world.write({ labels: ["INBOX", "CATEGORY_PROMOTIONS"] });
    world.answer(world.write({ labels: ["INBOX", "CATEGORY_SOCIAL"] }), ["SENT"]);
  };
  await using without = await mailbox({}, talk);
  expect(await without.sync()).toMatchObject({ state: "succeeded", inserted: 2 });
  await using withThem = await mailbox({ promotions: "yes" }, talk);
  expect(await withThem.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
  await using chosen = await mailbox({ labels: "Promotions" }, talk);
  expect(await chosen.sync()).toMatchObject({ state: "succeeded", inserted: 1 });
});

test("only threads with a message since a day are read, with all their messages", async () => {
  let threads: FakeMessage[] = [];
  await using place = await mailbox({ since: "2026-01-01" }, (world) => {
    const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
    const old = world.write({ at: at("2025-12-31") });
    const revived = world.write({ at: at("2025-12-30") });
    world.write({ threadId: revived.threadId, at: at("2026-01-01") });
    threads = [old, revived];
  });
  await place.sync();
  expect(await place.keys()).toEqual(keysOf(threads[1]));
  expect((await place.served()).get(keysOf(threads[1])[0] ?? "")?.markdown).toContain(
    threads[1]?.reads ?? "?",
  );
});
