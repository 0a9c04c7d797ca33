/** One of each kind of item, with everything in it that is rendered in a way of its own. */
import type { FakeSaid } from "./types";
import { type GithubWorld } from "./world";
import { releaseKey, threadKey } from "./expected";

const day = (date: string) => Date.parse(`2026-03-${date}Z`);

export function fillGallery(world: GithubWorld): { title: string; key: string }[] {
  const [cranes] = world.repositories;
  if (cranes === undefined) throw new Error("The world has no repository.");
  const at = {
    createdAt: day("02T08:00:00"),
    author: "ada-quay",
  };
  const said = (author: string | null, time: string, body: string): FakeSaid & { replies: FakeSaid[] } => ({
    ...world.said(day(time), "IC", { author, body }),
    replies: [],
  });
  const issue = world.addThread("issue", cranes, 60_000, {
    ...at,
    title: "Crane 4 stops at half height",
    labels: ["bug", "area: yard"],
    body: [
      "<!-- Thank you for the report! -->",
      "The hoist stops at **12 m**. <b>Every time.</b>",
      "",
      '<img width="300" alt="The hoist" src="https://example.com/hoist.png">',
      "",
      "<details><summary>Log</summary>",
      "",
      "```text",
      "limit switch: open <4>",
      "```",
      "",
      "</details>",
    ].join("\n"),
    state: "closed",
  });
  issue.comments.splice(
    0,
    9,
    said("bo-lindqvist", "02T09:30:00", "Seen on crane 5 too.\n\n> Every time.\n\nNot at night, though."),
    said(null, "03T07:00:00", "It is the limit switch."),
  );
  const pull = world.addThread("pull", cranes, 60_000, {
    ...at,
    title: "Move the limit switch",
    body: "Closes the gap between switch and cam.",
    state: "merged",
  });
  pull.closes = issue.number;
  pull.commits = [{ oid: "3f1c9d20".padEnd(40, "0"), headline: "Mount the switch 20 mm higher" }];
  pull.comments.splice(0, 9, said("ada-quay", "03T08:00:00", "Ready for a look."));
  pull.reviews = [
    { ...said("chidi-o", "03T09:00:00", "One question below."), state: "CHANGES_REQUESTED" },
    { ...said("chidi-o", "03T11:00:00", ""), state: "APPROVED" },
  ];
  pull.lineThreads = [
    {
      nodeId: "PRRT_gallery",
      path: "src/hoist.ts",
      line: 41,
      isResolved: true,
      comments: [
        said("chidi-o", "03T09:01:00", "Why `20` here?"),
        said("ada-quay", "03T10:00:00", "The cam is 18 mm wide."),
      ],
    },
  ];
  const discussion = world.addThread("discussion", cranes, 60_000, {
    ...at,
    title: "Which grease in winter?",
    body: "The old one gets stiff below −10 °C.",
    labels: ["maintenance"],
  });
  discussion.comments.splice(0, 9, {
    ...said("dana-reyes", "02T12:00:00", "Lithium, grade 1."),
    replies: [said("ada-quay", "02T13:00:00", "That did it, thanks!")],
  });
  for (const one of [issue, pull, discussion]) one.updatedAt = day("04T10:00:00");
  const release = {
    repositoryId: cranes.id,
    id: 7,
    tag: "v2.1.0",
    name: "Quieter hoists",
    createdAt: day("05T08:00:00"),
  };
  const notes = "## What is new\n\n- The limit switch sits higher (#1)\n- <kbd>F5</kbd> shows the load";
  world.releases.push({ ...release, body: notes });
  cranes.files.set(
    "docs/greasing.md",
    "---\ntitle: Greasing\n---\n\n# How to grease\n\nSee [the plan](plan.md) and ![the nipples](../img/nipples.png).\n",
  );
  cranes.wiki?.set("Night-shift.md", "Hand over at [[the second gate|Gate 2]], see [the rota](Rota).\n");
  return [
    { title: "An issue", key: threadKey(issue) },
    { title: "A pull request", key: threadKey(pull) },
    { title: "A discussion", key: threadKey(discussion) },
    { title: "A release", key: releaseKey({ ...release, body: "" }) },
    { title: "A file of documentation", key: `github:${cranes.id}:file:docs/greasing.md` },
    { title: "A page of a wiki", key: `github:${cranes.id}:wiki:Night-shift.md` },
    { title: "A repository", key: `github:${cranes.id}` },
  ];
}
