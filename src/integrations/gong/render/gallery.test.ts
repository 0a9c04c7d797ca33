/** The gallery of the documentation is what the integration makes of the stand-in's calls. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { keepGallery } from "@test/gallery";
import { startGong } from "../../../../test/fakes/gong/fake";
import { addGalleryCalls } from "../../../../test/fakes/gong/gallery";
import { keyOf } from "../../../../test/fakes/gong/world";
import { gongIntegration } from "../integration";

test("every part of a call is in the documentation as it is rendered", async () => {
  const clock = fastClock();
  await using fake = await startGong({ seed: 3, items: 0, clock });
  const calls = addGalleryCalls(fake.world);
  await using place = await connectedApp(gongIntegration, fake, { clock });
  expect(await place.sync()).toMatchObject({ state: "succeeded", failed: 0 });
  const served = await place.served();
  const parts = calls.map(({ part, id }) => ({ title: part, markdown: served.get(keyOf(id))?.markdown }));
  await keepGallery("gong", import.meta.path, parts, withoutIds);
});

/** Ids depend on the order in which the stand-in made them; nobody reads them. */
function withoutIds(text: string): string {
  return text.replaceAll(/\b\d{15,20}\b/g, "12345678901234567890");
}
