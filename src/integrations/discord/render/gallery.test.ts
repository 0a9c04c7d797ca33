/** The gallery of the documentation is what the integration makes of the stand-in's server. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { isNull } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import { discordApp } from "@test/discord";
import { keepGallery } from "@test/gallery";
import { galleryWorld } from "../../../../test/fakes/discord/gallery-world";

test("every kind of message is in the documentation as it is rendered", async () => {
  const { world, parts } = galleryWorld();
  await using discord = await discordApp({ world });
  await discord.connect();
  expect(await discord.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
  const served = await discord.app.db.select().from(mdArtifacts).where(isNull(mdArtifacts.deletedAt));
  const shown = parts.map(({ title, channel }) => {
    const artifact = served.find(({ integrationArtifactId }) =>
      new RegExp(`^discord:(conv|thread):${channel.id}(:|$)`).test(integrationArtifactId),
    );
    return { title, markdown: artifact?.markdown };
  });
  const overview = served.find(({ kind }) => kind === "document");
  shown.push({ title: "The overview of a server", markdown: overview?.markdown });
  await keepGallery("discord", import.meta.path, shown, withoutIds);
});

/** Ids depend on the order in which the stand-in made them; nobody reads them. */
function withoutIds(text: string): string {
  return text.replaceAll(/\b\d{15,20}\b/g, "1234567890");
}
