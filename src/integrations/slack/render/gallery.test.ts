/** The gallery of the documentation is what the integration makes of the stand-in's workspace. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { keepGallery } from "@test/gallery";
import { slackApp } from "@test/slack";
import { galleryWorld } from "../../../../test/fakes/slack/gallery-world";

test("every kind of message is in the documentation as it is rendered", async () => {
  const { world, parts } = galleryWorld();
  await using slack = await slackApp({ world });
  expect(await slack.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
  const served = [...(await slack.served())];
  const shown = parts.map(({ title, channel, kind }) => {
    const found = served.find(([id]) => id.startsWith(`slack:${kind}:${channel.id}:`));
    return { title, markdown: found?.[1].markdown };
  });
  const overview = served.find(([id]) => id.startsWith("slack:workspace:"));
  shown.push({ title: "The overview of a workspace", markdown: overview?.[1].markdown });
  await keepGallery("slack", import.meta.path, shown, (text) => text);
});
