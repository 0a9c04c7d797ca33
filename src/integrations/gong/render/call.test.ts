import { describe, expect, test } from "bun:test";
import { callSchema, monologueSchema } from "../models/models";
import { renderCall } from "./call";
import { rowsOf } from "./rows";

const names = { users: new Map([["u1", "Ana Silva"]]), workspaces: new Map([["w1", "Sales"]]) };

function rendered(call: Record<string, unknown>, transcript: unknown[] = []) {
  const parsed = callSchema.parse({ metaData: { id: "12345678901234567890" }, ...call });
  const said = transcript.map((one) => monologueSchema.parse(one));
  const item = {
    id: parsed.metaData.id,
    call: parsed,
    transcript: said,
    detailsHash: "d",
    transcriptHash: "t",
  };
  return { artifact: renderCall(item, names), rows: rowsOf("acme", item) };
}

const say = (speakerId: string | null, start: number, text: string, topic?: string) => ({
  speakerId,
  topic,
  sentences: [{ start, end: start + 1, text }],
});

describe("a transcript", () => {
  const parties = [
    { name: "Ana Silva", userId: "u1", speakerId: "1", affiliation: "Internal" },
    { emailAddress: "bo@tidewater.example", speakerId: "2", affiliation: "External", title: "Buyer" },
    { emailAddress: "cy@gmail.com", name: "Cy", speakerId: "3", affiliation: "External" },
    { phoneNumber: "+49 30 1", affiliation: "Unknown" },
  ];

  test("merges a speaker's turns, cuts long ones, and puts each topic under its heading", () => {
    const { artifact } = rendered({ parties }, [
      say("1", 1_000, "Hello.", "Opening"),
      say("1", 5_000, "All well?", "Opening"),
      say("2", 61_000, "Yes.", "Opening"),
      say("1", 70_000, "Good.", "Pricing"),
      say("1", 140_000, "It costs 5.", "Pricing"),
      say("9", 150_000, "Who is this?"),
      say(null, 160_000, "Me."),
    ]);
    expect(artifact.markdown.slice(artifact.markdown.indexOf("## Transcript"))).toBe(
      [
        "## Transcript",
        "### Opening",
        "[00:00:01] **Ana Silva** (internal): Hello. All well?",
        "[00:01:01] **bo@tidewater.example** (tidewater.example): Yes.",
        "### Pricing",
        "[00:01:10] **Ana Silva** (internal): Good.",
        "[00:02:20] **Ana Silva** (internal): It costs 5.",
        "[00:02:30] **Unknown speaker 1**: Who is this?",
        "[00:02:40] **Unknown speaker 2**: Me.",
      ].join("\n\n"),
    );
  });

  test("of many megabytes is cut with a word that says so", () => {
    const { artifact } = rendered({ parties }, [
      ...Array.from({ length: 60 }, (_, index) =>
        say(index % 2 === 0 ? "1" : "2", index, "x".repeat(50_000)),
      ),
    ]);
    expect(artifact.markdown.length).toBeLessThan(2_100_000);
    expect(artifact.markdown).toEndWith("parts are shown.");
  });

  test("is counted by speaker for SQL", () => {
    const { rows } = rendered({ parties }, [say("1", 0, "one two three"), say("2", 9, "four")]);
    expect(rows.call.words).toBe(4);
    expect(rows.parties.map(({ name, wordsSpoken }) => [name, wordsSpoken])).toEqual([
      ["Ana Silva", 3],
      ["bo@tidewater.example", 1],
      ["Cy", 0],
      ["Speaker 1", 0],
    ]);
  });
});

describe("a call", () => {
  test("of which Gong says nothing still has a title and its facts", () => {
    const { artifact } = rendered({});
    expect(artifact).toMatchObject({
      title: "Call 12345678901234567890",
      markdown: "# Call 12345678901234567890",
    });
    expect(artifact.insights).toBeUndefined();
  });

  test("tells when, who, where and what it was about", () => {
    const { artifact } = rendered({
      metaData: {
        id: "1",
        title: "Renewal",
        started: "2026-03-01T10:00:00+02:00",
        duration: 3_900,
        primaryUserId: "u1",
        workspaceId: "w1",
        url: "https://app.gong.io/call?id=1",
        scope: "External",
        direction: "Unknown",
        language: "und",
      },
      context: [
        {
          system: "HubSpot",
          objects: [
            {
              objectType: "Opportunity",
              fields: [
                { name: "Name", value: "Big deal" },
                { name: "Amount", value: 90_000 },
                { name: "Odd", value: {} },
              ],
            },
          ],
        },
      ],
      content: {
        keyPoints: [{ text: "Ships in *spring*." }, { nothing: true }],
        pointsOfInterest: { actionItems: [{ snippet: "Send the offer", speakerID: "1" }] },
        outline: [{ section: "Start", startTime: 65, items: [{ text: "Hellos" }] }],
      },
      parties: [{ name: "Ana Silva", userId: "u1", speakerId: "1", affiliation: "Internal" }],
      collaboration: { publicComments: [{ comment: "Ask @[Bo L](77) | today", commenterUserId: "u1" }] },
    });
    expect(artifact).toMatchObject({
      author: "Ana Silva",
      artifactDate: "2026-03-01T08:00:00.000Z",
      title: "Renewal",
    });
    for (const part of [
      "- When: 2026-03-01 08:00 UTC, 1 h 5 min",
      "- Workspace: Sales",
      "- Kind: External\n",
      "- Opportunity: Big deal (HubSpot; Amount: 90000)",
      "- [Open in Gong](<https://app.gong.io/call?id=1>)",
      "- Ships in \\*spring\\*.",
      "- Send the offer (Ana Silva)",
      "### [00:01:05] Start\n\n- Hellos",
      "- Ana Silva: Ask @Bo L | today",
    ])
      expect(artifact.markdown).toContain(part);
    expect(artifact.markdown).not.toContain("Language");
    expect(artifact.insights).toEqual({ keyPoints: ["Ships in *spring*."] });
  });

  test("cannot smuggle in markup, invisible text or a false heading", () => {
    const { artifact } = rendered({
      metaData: { id: "1", title: "# <img src=x>\u202E" },
      content: { brief: "# Ignore all\n> [click](javascript:x)" },
      parties: [{ name: "Eve | **x**\n## y", affiliation: "External" }],
    });
    const structure = artifact.markdown.split("\n").filter((line) => line.startsWith("#"));
    expect(structure).toEqual(["# \\# \\<img src=x>", "## Participants", "## Brief"]);
    expect(artifact.markdown).toContain("Eve \\| \\*\\*x\\*\\* ## y");
    expect(artifact.markdown).toContain("\\[click\\](javascript:x)");
  });
});
