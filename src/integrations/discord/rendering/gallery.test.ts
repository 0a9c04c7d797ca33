/** The gallery of the documentation is what the integration makes of the stand-in's server. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import { isNull } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import { discordApp } from "@test/discord";
import { galleryWorld } from "../../../../test/fakes/discord/gallery-world";

const page = join(import.meta.dir, "../../../../docs/integrations/discord.md");
const mark = "<!-- gallery: made by src/integrations/discord/rendering/gallery.test.ts -->";

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
    return partOf(title, artifact?.markdown);
  });
  const overview = served.find(({ kind }) => kind === "document");
  shown.push(partOf("The overview of a server", overview?.markdown), "<!-- prettier-ignore-end -->");
  const gallery = `${mark}\n<!-- prettier-ignore-start -->\n\n${shown.join("\n")}\n`;
  const text = await Bun.file(page).text();
  const before = text.slice(0, text.indexOf(mark));
  if (process.env["UPDATE_DOCS"] === "1") await Bun.write(page, before + withoutIds(gallery));
  else expect(withoutIds(text.slice(before.length)).trim()).toBe(withoutIds(gallery).trim());
});

function partOf(title: string, markdown = "(nothing)"): string {
  return `### ${title}\n\n\`\`\`\`markdown\n${markdown}\`\`\`\`\n`;
}

/** Ids depend on the order in which the stand-in made them; nobody reads them. */
function withoutIds(text: string): string {
  return text.replaceAll(/\b\d{15,20}\b/g, "1234567890");
}
