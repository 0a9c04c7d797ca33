/** The gallery of the documentation is what the integration makes of the stand-in's files and pages. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { docxOf, wordParagraph } from "@/core/services/readers/fixtures";
import { keepGallery } from "@test/gallery";
import { sharepoint } from "@test/sharepoint";
import { keyOf, pageKeyOf } from "../../../test/fakes/sharepoint/world";

test("files and pages are in the documentation as they are rendered", async () => {
  await using place = await sharepoint();
  const { world, documents, harbour } = place;
  const folder = world.folder(documents, "Dry dock");
  const content = docxOf(wordParagraph("The gate leaks every tide.") + wordParagraph("Weld it in May."));
  const file = world.add(documents, { name: "Gate plan.docx", parentId: folder.id, content });
  const html =
    "<h2>Before the tide</h2><ul><li>Close <strong>valve 7</strong></li><li>Call the harbour</li></ul>" +
    "<table><tr><th>Dock</th><th>Depth</th></tr><tr><td>3</td><td>12 m</td></tr></table>";
  const links = {
    title: "Read on",
    serverProcessedContent: {
      searchablePlainTexts: [{ key: "items[0].title", value: "Tide tables" }],
      links: [{ key: "items[0].sourceItem.url", value: "https://harbour.example/tides" }],
    },
  };
  const page = world.page(harbour, {
    title: "Closing gate 3",
    html,
    level: "draft",
    parts: [{ data: links }],
  });
  expect(await place.sync()).toMatchObject({ state: "succeeded", failed: 0 });
  const served = await place.served();
  const parts = [
    { title: "A file", markdown: served.get(keyOf(file))?.markdown },
    { title: "A site page", markdown: served.get(pageKeyOf(page))?.markdown },
  ];
  await keepGallery("sharepoint", import.meta.path, parts, (text) => text);
});
