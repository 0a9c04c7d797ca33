import { describe, expect, test } from "bun:test";
import { type ListedChannel, serverArtifact } from "./server";

const server = { id: "1", name: "Quarry [old]", description: null };
const channel = (id: string, change: Partial<ListedChannel> = {}): ListedChannel => ({
  id,
  type: 0,
  name: `talk-${id}`,
  topic: null,
  parentId: null,
  position: 0,
  access: "readable",
  ...change,
});
const category = (id: string, name: string, position: number) =>
  channel(id, { type: 4, name, position, access: "category" });

describe("a server's overview", () => {
  test("has channels under their categories, in the order that people see", () => {
    const channels = [
      channel("3", { parentId: "11", position: 2 }),
      channel("2", { parentId: "11", position: 1, topic: "All *about*\nstone" }),
      channel("4", { parentId: "10" }),
      channel("5", { position: 7, type: 15, name: "help" }),
      category("11", "Work", 1),
      category("10", "Welcome", 0),
    ];
    const { markdown, metadata } = serverArtifact({ ...server, description: "We cut stone." }, channels);
    expect(markdown.trim().split("\n\n")).toEqual([
      "# Quarry \\[old\\]",
      "We cut stone.",
      "## Channels",
      "- #help (forum)",
      "## Welcome",
      "- #talk-4 (text channel)",
      "## Work",
      "- #talk-2 (text channel): All *about* stone\n- #talk-3 (text channel)",
    ]);
    expect(metadata).toEqual({ server: "Quarry [old]", channels: 4 });
  });

  test("names nothing that the bot cannot read: closed channels, threads, categories without one", () => {
    const channels = [
      channel("2", { access: "closed", name: "secret" }),
      channel("3", { access: "no history", name: "silent" }),
      channel("4", { type: 11, name: "a thread" }),
      category("10", "Board", 0),
      channel("5", { access: "left out", name: "random", parentId: "10" }),
    ];
    expect(serverArtifact(server, channels).markdown).toBe("# Quarry \\[old\\]\n");
  });

  test("shows a channel whose category is not known among the others", () => {
    expect(serverArtifact(server, [channel("2", { parentId: "99" })]).markdown).toContain(
      "## Channels\n\n- #talk-2",
    );
  });

  test("is one artifact a server, which leads there", () => {
    expect(serverArtifact(server, [])).toMatchObject({
      integrationArtifactId: "discord:server:1",
      url: "https://discord.com/channels/1",
      kind: "document",
    });
  });
});
