/** The gallery of the documentation is what the integration makes of the stand-in's workspace. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { keepGallery } from "@test/gallery";
import { startLinear } from "../../../test/fakes/linear/fake";
import { keyOf, type LinearWorld, type Thing } from "../../../test/fakes/linear/world";
import { linearIntegration } from "./integration";

test("every kind of item is in the documentation as it is rendered", async () => {
  const clock = fastClock();
  await using fake = await startLinear({ seed: 5, items: 0, clock });
  const shown = workspace(fake.world);
  await using place = await connectedApp(linearIntegration, fake, { clock });
  expect(await place.sync()).toMatchObject({ state: "succeeded", failed: 0 });
  const served = await place.served();
  const parts = shown.map((thing) => ({
    title: titles[thing.kind],
    markdown: served.get(keyOf(thing))?.markdown,
  }));
  await keepGallery("linear", import.meta.path, parts, lasting);
});

const titles = {
  issue: "An issue",
  project: "A project",
  document: "A document",
  initiative: "An initiative",
};

function workspace(world: LinearWorld): Thing[] {
  const [ana, bo] = world.people;
  const project = world.add("project", {
    name: "Dry dock",
    description: "Dock 3 stays dry.",
    content: "# Why\n\nThe gate leaks <b>every</b> tide.",
    health: "atRisk",
    lead: ana,
    priorityLabel: "Urgent",
    startDate: "2026-02-01",
    targetDate: "2026-09-30",
    labels: [{ name: "infrastructure" }],
    initiatives: [{ name: "Year of the gate" }],
    projectMilestones: [{ name: "Gate ordered", targetDate: "2026-04-01" }],
    externalLinks: [{ label: "Drawings", url: "https://files.example/gate" }],
  });
  world.update(project, "projectUpdates", {
    body: "The steel is late.\n\n- ordered\n- paid",
    health: "atRisk",
    user: bo,
  });
  const parent = world.add("issue", { identifier: "ENG-1", title: "Drain dock 3" });
  const other = world.add("issue", { identifier: "ENG-7", title: "Pump 2 is loud", state: world.states[2] });
  const issue = world.add("issue", {
    identifier: "ENG-12",
    title: "Pump 4 stops at *night*",
    description:
      "## What happens\n\nIt stops at 02:00 | every night.\n\n```log\n# stop\n```\n\n- [ ] look at the relay",
    state: world.states[1],
    team: world.teams[0],
    assignee: bo,
    creator: ana,
    labels: [{ name: "bug" }, { name: "night shift" }],
    project,
    projectMilestone: { name: "Gate ordered" },
    cycle: { id: "c", number: 14, name: null },
    parent,
    estimate: 3,
    dueDate: "2026-05-20",
    children: [{ ...other, identifier: "ENG-13", title: "Order a relay", state: world.states[2] }],
    attachments: [
      {
        id: "a",
        title: "Log of pump 4",
        subtitle: "harbour/logs#88",
        url: "https://git.example/88",
        updatedAt: "",
      },
    ],
  });
  world.relate(issue, "blocks", parent);
  world.relate(other, "duplicate", issue);
  issue.comments.length = 0;
  const question = world.comment(issue, "Is it the **relay**?", { user: ana });
  world.comment(issue, "It is.\n\n# Proof\n\n`I = 0`", { user: bo, parentId: question["id"] });
  world.comment(issue, "Since when?", { user: bo, quotedText: "trips *twice*\na night" });
  world.comment(issue, "Synced from Slack.", { user: null, botActor: { name: "Slack" } });
  const document = world.add("document", {
    title: "Night shift",
    content: "# Rounds\n\n1. Pumps\n2. Gate",
    creator: bo,
    project,
    team: null,
  });
  const initiative = world.add("initiative", {
    name: "Year of the gate",
    description: "Three docks by winter.",
    content: "",
    projects: [project],
    health: "onTrack",
  });
  world.update(initiative, "initiativeUpdates", { body: "One dock done.", user: ana });
  return [issue, project, document, initiative];
}

/** The stand-in's time is that of the test. */
function lasting(text: string): string {
  return text
    .replaceAll(/\((\d{4}-\d\d-\d\d \d\d:\d\d) UTC\)/g, "(2026-05-01 10:00 UTC)")
    .replaceAll(/^(- Created: |### )\d{4}-\d\d-\d\d/gm, (_all, head: string) => `${head}2026-05-01`);
}
