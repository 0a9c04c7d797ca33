/** Calls that are moved between workspaces, and people and workspaces that are called otherwise. */
import { describe, expect, test } from "bun:test";
import { gong } from "@test/gong";
import { keyOf } from "../../../test/fakes/gong/world";
import { gongUser } from "./db/schema";

const chosen = "623457276584334001";
const other = "623457276584334002";

describe("a call that is moved out of the chosen workspaces", () => {
  test("leaves with the next update, whether it was read or waits for its transcript", async () => {
    await using place = await gong(10, { options: { workspaces: [chosen] } });
    const { calls } = place.fake.world;
    const waiting = calls.get(place.fake.world.createUnprocessed().replace("gong:call:", ""));
    if (waiting !== undefined) waiting.workspaceId = chosen;
    await place.sync("full");
    const wanted = [...calls.values()].filter(({ workspaceId }) => workspaceId === chosen);
    expect((await place.served()).size).toBe(wanted.length);
    const moved = wanted.filter((call, index) => index === 0 || call === waiting);
    for (const call of moved) call.workspaceId = other;
    await place.makeDue();
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 2, failed: 0 });
    const left = [...(await place.served()).keys()];
    expect(left.toSorted()).toEqual(
      wanted
        .filter((call) => !moved.includes(call))
        .map(({ id }) => keyOf(id))
        .toSorted(),
    );
  });

  test("into another chosen one stays", async () => {
    await using place = await gong(4, { options: { workspaces: [chosen, other] } });
    await place.sync("full");
    const [call] = place.fake.world.calls.values();
    if (call !== undefined) call.workspaceId = call.workspaceId === chosen ? other : chosen;
    expect(await place.sync("incremental")).toMatchObject({ updated: 1, deleted: 0 });
    expect(await place.differences()).toEqual([]);
  });
});

describe("another name", () => {
  test("of a workspace or a host is in the calls after the next full sync, and nothing else is written", async () => {
    await using place = await gong(6);
    const { world } = place.fake;
    const host = { id: "55110000000000000099", firstName: "Ida", lastName: "Berg", title: "" };
    world.users.push(host);
    // Who hosts a call without taking part is named by the directory alone.
    for (const call of world.calls.values()) call.hostId = host.id;
    await place.sync("full");
    const shown = async (text: string) =>
      [...(await place.served()).values()].filter(({ markdown }) => markdown.includes(text)).length;
    const [sales] = world.workspaces;
    const inSales = [...world.calls.values()].filter(({ workspaceId }) => workspaceId === sales?.id).length;
    expect(await shown("Workspace: Sales EMEA")).toBe(inSales);
    if (sales !== undefined) sales.name = "Sales Worldwide";
    expect(await place.sync("full")).toMatchObject({ updated: inSales });
    expect(await shown("Workspace: Sales Worldwide")).toBe(inSales);
    host.lastName = "Holm";
    const asked = place.asked("transcript");
    expect(await place.sync("full")).toMatchObject({ updated: 6 });
    expect(await shown("Host: Ida Holm")).toBe(6);
    expect(place.asked("transcript") - asked).toBe(2);
    expect(await place.sync("full")).toMatchObject({ updated: 0, unchanged: 6 });
  });

  test("is kept where the key may no longer list people", async () => {
    await using place = await gong(3);
    await place.sync("full");
    place.fake.server.forbidden = "/v2/users";
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", updated: 0 });
    expect(await place.app.db.$count(gongUser)).toBe(5);
  });
});
