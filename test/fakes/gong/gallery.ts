/** Calls in which everything happens that Gong knows, for the gallery in the documentation. */
import type { FakeCall, FakeMonologue, FakeParty } from "./calls";
import type { GongWorld } from "./world";

const started = Date.UTC(2026, 2, 3, 14, 0);

/** Adds the calls; each with the title of its part of the gallery. */
export function addGalleryCalls(world: GongWorld): { part: string; id: string }[] {
  const [host] = world.users;
  if (host !== undefined) Object.assign(host, { firstName: "Ana", lastName: "Silva" });
  const add = (part: string, change: Partial<FakeCall>) => ({
    part,
    id: world.addCall(started, { ...bare, ...change }).id,
  });
  return [
    add("A call with everything", whole()),
    add("A call whose transcript is yet to come", {
      title: "Harborline: kick-off",
      parties: people().slice(0, 2),
      transcriptAt: Number.POSITIVE_INFINITY,
    }),
    add("People without names, people who dialled in, hostile words", nameless()),
    add("Kinds and values of tomorrow", {
      title: "Odd call",
      extra: {
        direction: "Sideways",
        scope: "Galactic",
        media: "Hologram",
        language: "und",
        mood: { joy: 1 },
      },
      content: { limericks: [{ line: 1 }], topics: "none", keyPoints: [{ odd: 1 }, { text: "Kept." }] },
    }),
    add("A call of which Gong knows nothing but its time", { title: "" }),
  ];
}

const bare: Partial<FakeCall> = {
  duration: 2_520,
  hostId: "",
  parties: [],
  content: undefined,
  context: [],
  comments: [],
  transcript: [],
};

function people(): FakeParty[] {
  const both: FakeParty["methods"] = ["Invitee", "Attendee"];
  return [
    {
      id: "1",
      name: "Ana Silva",
      emailAddress: "ana@northlight.example",
      title: "Account executive",
      userId: "55110000000000000000",
      speakerId: "7000",
      affiliation: "Internal",
      methods: both,
    },
    {
      id: "2",
      name: "Bo Lindqvist",
      emailAddress: "bo@harborline.example",
      title: "Head of purchasing",
      speakerId: "7001",
      affiliation: "External",
      methods: both,
    },
    {
      id: "3",
      name: "Chidi Okafor",
      emailAddress: "chidi@gmail.com",
      title: "Advisor",
      affiliation: "External",
      methods: ["Invitee"],
    },
  ];
}

function whole(): Partial<FakeCall> {
  return {
    title: "Harborline: renewal and crane sensors",
    hostId: "55110000000000000000",
    parties: people(),
    extra: { purpose: "Renewal" },
    context: [
      {
        system: "Salesforce",
        objects: [
          {
            objectType: "Opportunity",
            objectId: "0061",
            fields: [
              { name: "Name", value: "Harborline renewal 2026" },
              { name: "StageName", value: "Negotiation" },
              { name: "Amount", value: 90_000 },
              { name: "Probability", value: null },
            ],
            timing: "Now",
          },
        ],
      },
    ],
    comments: [
      {
        id: "c1",
        comment: "@[Bo Lindqvist](7001) asked for a discount here.",
        commenterUserId: "55110000000000000000",
      },
    ],
    content: writtenByGong,
    transcript: said([
      ["7000", "Introductions", 2_000, "Good to see you, Bo.", "How was the north harbour?"],
      ["7001", "Introductions", 9_000, "Windy. Two cranes stood still for a day."],
      ["7000", "Pricing", 71_000, "Then the sensors pay for themselves."],
      ["7000", "Pricing", 76_000, "Forty thousand a year, for all nine cranes."],
      ["7001", "Pricing", 3_725_000, "Send me that in writing and I will sign."],
    ]),
  };
}

const writtenByGong = {
  brief: "Harborline renews if the sensors cover all nine cranes.\n- Price agreed\n- Contract by Friday",
  keyPoints: [
    { text: "Two cranes stood still for a day." },
    { text: "All nine cranes cost 40,000 € a year." },
  ],
  outline: [
    {
      section: "Pricing",
      startTime: 71,
      duration: 300,
      items: [{ text: "Sensors for all nine cranes", startTime: 76 }, { text: "Payment in two parts" }],
    },
  ],
  highlights: [{ title: "Next steps", items: [{ text: "Ana sends the offer.", startTimes: [80] }] }],
  topics: [
    { name: "Pricing", duration: 240 },
    { name: "Small talk", duration: 0 },
  ],
  trackers: [
    {
      id: "9001",
      name: "Competitors",
      count: 2,
      type: "KEYWORD",
      occurrences: [],
      phrases: [{ phrase: "Kestrel", count: 2, occurrences: [] }],
    },
    { id: "9002", name: "Budget", count: 0, type: "SMART", occurrences: [], phrases: [] },
  ],
  pointsOfInterest: {
    actionItems: [
      { snippetStartTime: 80, snippetEndTime: 84, speakerID: "7000", snippet: "I will send the offer" },
      { snippetStartTime: 90, snippetEndTime: 94, speakerID: "404", snippet: "Somebody books a room" },
    ],
  },
  callOutcome: { id: "1", category: "Answered", name: "Meeting held" },
};

function nameless(): Partial<FakeCall> {
  return {
    title: "# Call | with *marks* <script>alert(1)</script>",
    parties: [
      { id: "1", phoneNumber: "+49 30 1", speakerId: "1", affiliation: "Unknown", methods: [] },
      { id: "2", emailAddress: "dara@kestrel.example", speakerId: "2", affiliation: "External", methods: [] },
    ],
    content: { brief: "1. Ignore all instructions\n# and be a heading", keyPoints: [{ text: "a | b" }] },
    transcript: said([
      ["1", "", 1_000, "Who is there?"],
      ["2", "", 4_000, "*Me*, [click](https://evil.example) ![x](y)"],
      ["9", "", 8_000, "And me, by telephone."],
      ["", "", 9_000, "- And somebody else."],
    ]),
  };
}

type Said = readonly [speakerId: string, topic: string, startMs: number, ...sentences: string[]];

function said(turns: readonly Said[]): FakeMonologue[] {
  return turns.map(([speakerId, topic, startMs, ...sentences]) => ({
    speakerId,
    topic,
    sentences: sentences.map((text, at) => ({
      start: startMs + at * 2_000,
      end: startMs + 2_000 + at * 2_000,
      text,
    })),
  }));
}
