/** The gallery of the documentation is what the integration makes of the stand-in's files. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { pdfOf } from "@/core/services/readers/fixtures";
import { pptxOf, slideShape, xlsxOf } from "@/core/services/readers/office-fixtures";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { keepGallery } from "@test/gallery";
import { startDrive } from "../../../test/fakes/google-drive/fake";
import { type DriveWorld, type FakeFile, keyOf } from "../../../test/fakes/google-drive/world";
import { googleDriveIntegration } from "./integration";

test("every kind of file is in the documentation as it is rendered", async () => {
  const clock = fastClock();
  await using fake = await startDrive({ seed: 5, items: 0, clock });
  const shown = filesOf(fake.world);
  await using place = await connectedApp(googleDriveIntegration, fake, { clock });
  expect(await place.sync()).toMatchObject({ state: "succeeded", failed: 0 });
  const served = await place.served();
  const parts = shown.map(([title, file]) => ({ title, markdown: served.get(keyOf(file))?.markdown }));
  await keepGallery("google-drive", import.meta.path, parts, (text) => text);
});

function filesOf(world: DriveWorld): [string, FakeFile][] {
  const google = (kind: string) => `application/vnd.google-apps.${kind}`;
  const parents = [world.folder("Dry dock").id];
  const cell = (place: string, text: string) => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const rows = `<row>${cell("A1", "Day")}${cell("B1", "Level")}${cell("C1", "Open")}</row><row><c r="A2" s="1"><v>46143</v></c><c r="B2"><v>3.25</v></c><c r="C2" t="b"><v>1</v></c></row>`;
  const doc =
    "# **Why** {#why}\n\nThe gate leaks *every* tide.\n\n![][image1]\n\n| Dock | Depth |\n| :---- | ----: |\n| 3 | 12 m |\n\n" +
    "1. Drain it  \n2. Weld it\n\n[image1]: <data:image/png;base64,iVBORw0KGgo=>\n";
  const slides = [
    {
      shapes: slideShape("Gate 3", "ctrTitle") + slideShape("Status\n\tsteel is late\n\tpumps run"),
      notes: "Say that the steel comes on Monday.",
    },
    { shapes: slideShape("Costs", "title") + slideShape("Two welds") },
  ];
  return [
    [
      "A document",
      world.add({
        name: "Gate plan",
        mimeType: google("document"),
        content: doc,
        parents,
        description: "Read this first",
      }),
    ],
    [
      "A spreadsheet",
      world.add({
        name: "Readings",
        mimeType: google("spreadsheet"),
        content: xlsxOf(
          [
            { name: "Tides", rows },
            { name: "Notes", rows: `<row>${cell("A1", "All dry")}</row>` },
          ],
          [],
          ["yyyy-mm-dd"],
        ),
        parents,
      }),
    ],
    [
      "A presentation",
      world.add({ name: "Review", mimeType: google("presentation"), content: pptxOf(slides), parents }),
    ],
    [
      "A PDF",
      world.add({
        name: "Tide table.pdf",
        mimeType: "application/pdf",
        content: pdfOf([
          [
            [18, 720, "Tide table"],
            [11, 690, "High water at 06:12."],
          ],
        ]),
        parents: ["drive-0000000001"],
        driveId: "drive-0000000001",
        owners: [],
      }),
    ],
  ];
}
