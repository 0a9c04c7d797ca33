/** The gallery of the documentation is what the integration makes of the stand-in. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { keepGallery } from "@test/gallery";
import { startGithub } from "../../../../test/fakes/github/fake";
import { fillGallery } from "../../../../test/fakes/github/gallery-world";
import { githubIntegration } from "../integration";

test("every kind of item is in the documentation as it is rendered", async () => {
  const clock = fastClock();
  await using fake = await startGithub({ seed: 1, items: 0, clock });
  const parts = fillGallery(fake.world);
  await using place = await connectedApp(githubIntegration, fake, { clock });
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
  const served = await place.served();
  const shown = parts.map(({ title, key }) => {
    const artifact = served.get(key);
    return { title: `${title}: “${artifact?.title}”`, markdown: artifact?.markdown };
  });
  await keepGallery("github", import.meta.path, shown, (text) => text);
});
