/** The gallery of the documentation is what the integration makes of the stand-in's site. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { keepGallery } from "@test/gallery";
import { startConfluence } from "../../../test/fakes/confluence/fake";
import { keyOf } from "../../../test/fakes/confluence/world";
import { confluenceIntegration } from "./integration";

const macro = (name: string, inner: string) =>
  `<ac:structured-macro ac:name="${name}">${inner}</ac:structured-macro>`;
const parameter = (name: string, value: string) => `<ac:parameter ac:name="${name}">${value}</ac:parameter>`;

const runbook = [
  macro("toc", ""),
  `<h2>When the gate leaks</h2><p>Call <ac:link><ri:user ri:account-id="712020:person-1" /></ac:link>; the state is ${macro("status", parameter("title", "OPEN"))}.</p>`,
  macro(
    "warning",
    `<ac:rich-text-body><p>Nobody enters dock 3 before the pumps run.</p></ac:rich-text-body>`,
  ),
  "<table><tbody><tr><th>Pump</th><th>Litres a minute</th></tr><tr><td>4</td><td>1,200</td></tr></tbody></table>",
  macro(
    "code",
    `${parameter("language", "bash")}${parameter("title", "start.sh")}<ac:plain-text-body><![CDATA[pumps --dock 3 --all && echo "dry"]]></ac:plain-text-body>`,
  ),
  `<ac:task-list><ac:task><ac:task-status>complete</ac:task-status><ac:task-body>Order steel</ac:task-body></ac:task><ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body>Weld the seam</ac:task-body></ac:task></ac:task-list>`,
  macro("view-file", parameter("name", `<ri:attachment ri:filename="tide table.pdf" />`)),
].join("");

test("a page and a blog post are in the documentation as they are rendered", async () => {
  const clock = fastClock();
  await using fake = await startConfluence({ seed: 5, items: 0, clock });
  const { world } = fake;
  const place = { parentId: "5001", parentType: "folder", authorId: "712020:person-0" };
  const page = world.add({ title: "Runbook: dock 3", storage: runbook, ...place });
  world.comment(page, "footer-comments", "The steel came on Monday.");
  const settled = world.comment(page, "inline-comments", "Sunday as well?");
  Object.assign(settled, {
    resolutionStatus: "resolved",
    properties: { inlineMarkerRef: "m", inlineOriginalSelection: "Weld the seam" },
  });
  const see = `<p>See <ac:link><ri:page ri:content-title="Runbook: dock 3" ri:space-key="ENG" /></ac:link>.</p>`;
  const post = world.add({
    kind: "blogposts",
    title: "Dock 3 is dry",
    storage: see,
    spaceId: "98306",
    parentId: null,
    parentType: null,
  });
  await using connected = await connectedApp(confluenceIntegration, fake, { clock });
  expect(await connected.sync()).toMatchObject({ state: "succeeded", failed: 0 });
  const served = await connected.served();
  const parts = [
    { title: "A page", markdown: served.get(keyOf(page))?.markdown },
    { title: "A blog post", markdown: served.get(keyOf(post))?.markdown },
  ];
  const lasting = (text: string) =>
    text.replaceAll(/\d{4}-\d\d-\d\d/g, "2026-01-01").replaceAll(/\/pages\/\d+/g, "/pages/1");
  await keepGallery("confluence", import.meta.path, parts, lasting);
});
