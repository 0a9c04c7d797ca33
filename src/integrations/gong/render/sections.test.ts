/** Each part of a call's artifact by itself, with what Gong leaves out and what people write. */
import { describe, expect, test } from "bun:test";
import { callSchema } from "../models/models";
import { peopleOf } from "./people";
import * as sections from "./sections";

const names = {
  users: new Map([["u1", "Ana *Silva*"]]),
  workspaces: new Map([["w1", "Sales"]]),
};
const call = (fields: Record<string, unknown> = {}) => callSchema.parse({ metaData: { id: "1" }, ...fields });
const content = (fields: Record<string, unknown>) => call({ content: fields });

describe("facts", () => {
  const facts = (metaData: Record<string, unknown>, other: Record<string, unknown> = {}) =>
    sections.facts(call({ metaData: { id: "1", ...metaData }, ...other }), undefined, names);

  test("of a call that nobody described are none", () => expect(facts({})).toBe(""));

  test.each([
    [{ started: "2026-05-10T09:30:00+02:00", duration: 3_725 }, "- When: 2026-05-10 07:30 UTC, 1 h 2 min"],
    [{ scheduled: 1_778_400_000 }, "- When: 2026-05-10 08:00 UTC"],
    [{ started: 1_778_400_000_000 }, "- When: 2026-05-10 08:00 UTC"],
    [{ duration: 59 }, "- When: "],
    [{ scope: "External", direction: "Unknown" }, "- Kind: External"],
    [{ scope: "Unknown", direction: "Conference" }, "- Kind: Conference"],
    [{ workspaceId: "w1" }, "- Workspace: Sales"],
    [{ language: "eng" }, "- Language: eng"],
    [{ sdrDisposition: "Left voicemail" }, "- Disposition: Left voicemail"],
    [{ purpose: "Show *all*" }, "- Purpose: Show \\*all\\*"],
  ])("%j holds %p", (metaData, line) => expect(facts(metaData)).toContain(line));

  test.each([[{ language: "und" }], [{ language: "zxx" }], [{ workspaceId: "w9" }], [{ purpose: "  " }]])(
    "%j says nothing worth a line",
    (metaData) => expect(facts(metaData)).toBe(""),
  );

  test.each([
    ["https://app.gong.io/call?id=7", "- [Open in Gong](<https://app.gong.io/call?id=7>)"],
    ["https://app.gong.io/a b?id=%20", "(<https://app.gong.io/a%20b?id=%20>)"],
    ["https://app.gong.io/100%", "(<https://app.gong.io/100%25>)"],
    ["https://x.example/>)[b](c", "%3E"],
  ])("an address %p stays within its brackets", (url, shown) => expect(facts({ url })).toContain(shown));

  test("how many questions either side asked", () => {
    const asked = (questions: unknown) => facts({}, { interaction: { questions } });
    expect(asked({ companyCount: 12, nonCompanyCount: 0 })).toBe("- Questions: 12 internal, 0 external");
    expect(asked({ nonCompanyCount: 7 })).toBe("- Questions: 7 external");
    for (const nothing of [undefined, {}, "many", { companyCount: "3" }]) expect(asked(nothing)).toBe("");
  });

  test("what the CRM knows is named by kind and name, with twelve fields at most", () => {
    const fields = Array.from({ length: 20 }, (_, n) => ({ name: `F${n}`, value: n === 3 ? "" : n }));
    const object = {
      objectType: "Opportunity",
      objectId: "006",
      fields: [{ name: "Name", value: "Renewal" }, ...fields],
    };
    const shown = facts(
      {},
      { context: [{ system: "Salesforce", objects: [object, { fields: [{ value: 1 }] }] }] },
    );
    const [first = "", second] = shown.split("\n");
    expect(first).toStartWith("- Opportunity: Renewal (Salesforce; F0: 0; F1: 1; F2: 2; F4: 4;");
    expect(first.split(";")).toHaveLength(13);
    expect(second).toBe("- CRM object: (Salesforce)");
  });
});

describe("participants", () => {
  const table = (...parties: unknown[]) => sections.participants(peopleOf(call({ parties }), names));

  test("are a table, with who was only invited told apart", () => {
    const bo = {
      name: "Bo | Lind",
      affiliation: "External",
      emailAddress: "bo@tide.example",
      methods: ["Invitee"],
    };
    expect(table({ name: "Ana", affiliation: "Internal", title: "AE" }, bo).split("\n").slice(2)).toEqual([
      "| Ana | internal | AE | – | yes |",
      "| Bo \\| Lind | tide.example | – | bo@tide.example | invited |",
    ]);
  });

  test("of whom nothing is known still have a row; none are none", () => {
    expect(table({ affiliation: "Unknown" })).toContain("| Speaker 1 | – | – | – | yes |");
    expect(table()).toBe("");
  });
});

describe("what Gong wrote", () => {
  test("is left out where there is nothing", () => {
    const empty = call();
    const all = [
      sections.brief(empty),
      sections.keyPoints(empty),
      sections.actionItems(empty, []),
      sections.outline(empty),
      sections.highlights(empty),
      sections.topics(empty),
      sections.comments(empty, names),
    ];
    expect(all.every((text) => text === "")).toBe(true);
  });

  test("a brief keeps its paragraphs and lists, and begins nothing else", () => {
    const brief = "They *met*.\n\n- First\n• Second\n# No heading";
    expect(sections.brief(content({ brief }))).toBe("They \\*met\\*.\n\n- First\n- Second\n\n\\# No heading");
  });

  test("action items name who is to do them, where that is known", () => {
    const pointsOfInterest = {
      actionItems: [
        { snippet: "Send the offer.", speakerID: "s1" },
        { snippet: "Call [back].", speakerID: "s9" },
        { snippet: "Wait." },
      ],
    };
    const people = peopleOf(
      call({ parties: [{ name: "Ana", speakerId: "s1" }, { name: "No speaker" }] }),
      names,
    );
    expect(sections.actionItems(content({ pointsOfInterest }), people).split("\n")).toEqual([
      "- Send the offer. (Ana)",
      "- Call \\[back\\].",
      "- Wait.",
    ]);
  });

  test("an outline has its times, in hours where it is long", () => {
    const outline = [
      { section: "Opening", startTime: 0, items: [{ text: "Hello", startTime: 3_661 }, { text: "Then" }] },
      { section: null, items: [] },
    ];
    expect(sections.outline(content({ outline }))).toStartWith(
      "### [00:00:00] Opening\n\n- [01:01:01] Hello\n- Then",
    );
  });

  test("topics and trackers stand together, with the phrases said; what did not come up does not", () => {
    const topics = [
      { name: "Pricing", duration: 125 },
      { name: "Small talk" },
      { name: "Revenue", duration: 0 },
    ];
    const phrases = [
      { phrase: "Kestrel *Foods*", count: 2 },
      { phrase: "Bluefin", count: 1 },
      { phrase: "Monsoon", count: 0 },
    ];
    const trackers = [{ name: "Rivals", count: 3, phrases }, { name: "Budget", count: 0 }, { name: "Legal" }];
    expect(sections.topics(content({ topics, trackers })).split("\n")).toEqual([
      "- Pricing (2 min)",
      "- Small talk",
      "- Rivals (said 3 ×: Kestrel \\*Foods\\*, Bluefin)",
      "- Legal (said 1 ×)",
    ]);
  });

  test("highlights are under their titles", () => {
    const highlights = [{ title: "Next *steps*", items: [{ text: "Meet." }] }];
    expect(sections.highlights(content({ highlights }))).toBe("### Next \\*steps\\*\n\n- Meet.");
  });

  test("comments name their writers, and people in them", () => {
    const publicComments = [
      { comment: "Ask @[Bo Lind](55) first.", commenterUserId: "u1" },
      { comment: "Good\ncall", commenterUserId: "u9" },
    ];
    expect(sections.comments(call({ collaboration: { publicComments } }), names).split("\n")).toEqual([
      "- Ana \\*Silva\\*: Ask @Bo Lind first.",
      "- Good call",
    ]);
  });
});
