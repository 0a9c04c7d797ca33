import { describe, expect, test } from "bun:test";
import { pdfOf } from "@/core/services/readers/fixtures";
import { slackApp } from "@test/slack";
import { SlackWorld } from "../../../test/fakes/slack/world";

const start = Date.UTC(2026, 2, 3, 9, 0);

function shared() {
  const world = new SlackWorld();
  const [, ann] = [world.addUser("app", { isBot: true }), world.addUser("ann")];
  const channel = world.addChannel("general");
  const message = world.post(channel, "See these", start, { user: ann.id });
  return { world, ann, channel, message, key: `conv:${channel.id}:${message.ts}` };
}
const downloads = (slack: Awaited<ReturnType<typeof slackApp>>) =>
  slack.server.log.filter(({ path }) => path.startsWith("/files-pri/")).length;

describe("what shared files hold", () => {
  test("is read with the message: snippets, canvases, documents; pictures are named alone", async () => {
    const { world, message, key } = shared();
    world.attach(message, "drain.py", "def drain():\n    return 'dry'\n", {
      mode: "snippet",
      filetype: "python",
    });
    world.attach(message, "Plan", "<h1>Dock plan</h1><p>Weld <b>now</b>.</p>", {
      mode: "quip",
      filetype: "quip",
    });
    world.attach(message, "tides.pdf", pdfOf([[[11, 690, "High water at 06:12."]]]));
    world.attach(message, "photo.png", "not text");
    await using slack = await slackApp({ world });
    expect(await slack.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
    const text = (await slack.markdown(key)) ?? "";
    expect(text).toContain("- Attached: drain.py");
    expect(text).toMatch(/^> ```py(?:thon)?\n> def drain\(\):\n> {5}return 'dry'\n> ```$/m);
    expect(text).toContain("> #### Dock plan\n>\n> Weld **now**.");
    expect(text).toContain("> High water at 06:12.");
    expect(text).toContain("- Attached: photo.png");
    expect(downloads(slack)).toBe(3);
    const { results } = await slack.app.search({ query: "when is high water" });
    expect(results[0]?.title).toContain("See these");
  });

  test("is asked for once, and again when the file has changed", async () => {
    const { world, message, key } = shared();
    world.attach(message, "notes.md", "# Old\n\nwords");
    await using slack = await slackApp({ world });
    await slack.sync("full");
    for (const mode of ["incremental", "full"] as const)
      expect(await slack.sync(mode)).toMatchObject({ updated: 0, inserted: 0 });
    expect(downloads(slack)).toBe(1);
    const [[path] = [""]] = world.files;
    world.files.set(path, "# New\n\nwords");
    Object.assign((message["files"] as { updated: number }[])[0] ?? {}, { updated: 2 });
    expect(await slack.sync("incremental")).toMatchObject({ updated: 1 });
    expect(await slack.markdown(key)).toContain("> #### New");
  });

  test("of answers in threads is read as well", async () => {
    const { world, ann, channel, message } = shared();
    const answer = world.answer(channel, message, "Here", start + 60_000, { user: ann.id });
    world.attach(answer, "log.txt", "pump 4 stopped");
    await using slack = await slackApp({ world });
    await slack.sync("full");
    expect(await slack.markdown(`thread:${channel.id}:${message.ts}`)).toContain("> pump 4 stopped");
  });

  test("is cut where it is long, and left where it is too large, gone, broken or not wanted", async () => {
    const { world, message, key } = shared();
    world.attach(message, "long.txt", "water ".repeat(10_000));
    world.attach(message, "huge.txt", "x", { size: 6_000_000 });
    world.attach(message, "broken.pdf", "%PDF-1.4 nothing");
    world.attach(message, "gone.txt", "y");
    world.files.delete([...world.files.keys()].at(-1) ?? "");
    await using slack = await slackApp({ world });
    expect(await slack.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
    const text = (await slack.markdown(key)) ?? "";
    expect(text.length).toBeLessThan(21_000);
    for (const name of ["long.txt", "huge.txt", "broken.pdf", "gone.txt"])
      expect(text).toContain(`Attached: ${name}`);
    await using plain = await slackApp({ world, options: { files: "no" } });
    await plain.sync("full");
    expect(await plain.markdown(key)).not.toContain("water");
    expect(downloads(plain)).toBe(0);
  });

  test("of other workspaces is asked for by the file's id, once, and is no lie where it cannot be had", async () => {
    const { world, message, key } = shared();
    world.foreignFiles.add(world.attach(message, "offer.md", "# Offer\n\nTen blocks."));
    world.foreignFiles.add(world.attach(message, "quarry.png", "not text"));
    await using slack = await slackApp({ world });
    const infos = () => slack.server.log.filter(({ path }) => path.startsWith("/files.info")).length;
    slack.server.state.missingScopes.set("files.info", "files:read");
    expect(await slack.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await slack.markdown(key)).toContain("- Attached: a file whose name is not told");
    expect(infos()).toBe(1);
    slack.server.state.missingScopes.clear();
    expect(await slack.sync("incremental")).toMatchObject({ updated: 0 });
    expect(await slack.sync("full")).toMatchObject({ updated: 1 });
    const text = await slack.markdown(key);
    expect(text).toContain("- Attached: offer.md");
    expect(text).toContain("> Ten blocks.");
    expect(text).toContain("- Attached: quarry.png");
    const asked = infos();
    expect(await slack.sync("incremental")).toMatchObject({ updated: 0 });
    expect(infos()).toBe(asked);
  });

  test("never takes the token elsewhere, nor a sign-in page for a file", async () => {
    const { world, message, key } = shared();
    world.attach(message, "drive.txt", "a", { url_private: "https://slack.com.evil.example/files-pri/x" });
    world.attach(message, "external.txt", "b", { mode: "external", url_private: "https://drive.example/x" });
    world.attach(message, "page.html", "<p>real</p>");
    await using slack = await slackApp({ world });
    slack.server.state.missingScopes.set("files", "files:read");
    expect(await slack.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
    expect(downloads(slack)).toBe(1);
    expect(await slack.markdown(key)).not.toMatch(/Sign in|real/);
    // The scope is added later: the full sync that follows a new token asks again.
    slack.server.state.missingScopes.clear();
    expect(await slack.sync("incremental")).toMatchObject({ updated: 0 });
    expect(await slack.sync("full")).toMatchObject({ updated: 1 });
    expect(await slack.markdown(key)).toContain("> real");
  });
});
