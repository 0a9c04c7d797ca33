/** The gallery of the documentation is what the integration makes of the stand-in's pages. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { firecrawl } from "@test/firecrawl";
import { keepGallery } from "@test/gallery";
import { keyOf } from "../../../test/fakes/firecrawl/world";

test("a page of a site is in the documentation as it is rendered, without what all pages have", async () => {
  await using place = await firecrawl(6);
  const shown = place.world.add({
    path: "/guide/dry-dock",
    title: "How to drain dock 3",
    modified: "2026-05-04T10:00:00+02:00",
    body: [
      "Read [the tide table](https://docs.acme.example/tides) **first**.",
      '## Steps [\u200b](https://docs.acme.example/guide/dry-dock#steps "Direct link to Steps")',
      "1. Close valve 7\n2. Start pump 4",
      "| Pump | Litres |\n| --- | --- |\n| 4 | 1,200 |",
      "```bash\npumps --all\n```",
    ].join("\n\n"),
  });
  await place.connect();
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 7, failed: 0 });
  const markdown = await place.markdown(keyOf(shown));
  for (const repeated of ["Prices", "helpful", "©"]) expect(markdown).not.toContain(repeated);
  await keepGallery("firecrawl", import.meta.path, [{ title: "A page", markdown }], (text) => text);
});
