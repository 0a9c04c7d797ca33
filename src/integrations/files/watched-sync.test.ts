import { expect, test } from "bun:test";
import { testApp } from "@test/app";
import { filesFolder } from "@test/files";
import { filesIntegration } from "./integration";

test("a folder that wants to be watched syncs by itself when a file changes", async () => {
  using folder = filesFolder({ "a.md": "The tide is low." });
  await using app = await testApp({ integrations: [filesIntegration] });
  await app.credentials.save(filesIntegration, {
    integration: "Files",
    options: { path: folder.path, watch: "yes" },
  });
  await app.startBackgroundWork();
  let titles: string[] = [];
  for (let looks = 0; titles.length === 0; looks++) {
    // The watch begins some time after the start, and says nothing of what changed before.
    if (looks % 60 === 0) folder.write({ "b.md": "The lighthouse was painted white." });
    await Bun.sleep(50);
    titles = (await app.search({ query: "lighthouse" })).results.map((hit) => hit.integrationArtifactId);
  }
  expect(titles[0]).toEndWith("/b.md");
});
