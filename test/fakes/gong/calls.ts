/** Calls of a made-up company, written by a seed: what Gong would hold of them. */
import type { Random } from "@test/random";

export interface FakeParty {
  id: string;
  name?: string;
  emailAddress?: string;
  title?: string;
  userId?: string;
  speakerId?: string;
  affiliation: "Internal" | "External" | "Unknown";
  methods: ("Invitee" | "Attendee")[];
  phoneNumber?: string;
}

export interface FakeMonologue {
  speakerId: string;
  topic?: string;
  sentences: { start: number; end: number; text: string }[];
}

export interface FakeCall {
  id: string;
  workspaceId: string;
  title: string;
  /** Epoch milliseconds. */
  started: number;
  /** Seconds. */
  duration: number;
  isPrivate: boolean;
  hostId: string;
  parties: FakeParty[];
  /** What Gong's own models wrote; undefined until the call is processed. */
  content: Record<string, unknown> | undefined;
  context: unknown[];
  comments: unknown[];
  transcript: FakeMonologue[];
  /** When the transcript is ready, epoch milliseconds. */
  transcriptAt: number;
  /** Fields and values of tomorrow. */
  extra: Record<string, unknown>;
}

export interface FakeUser {
  id: string;
  firstName: string;
  lastName: string;
  title: string;
}

const firstNames = "Ana Bo Chidi Dara Emre Fatou Goran Hana Ines Jonas Kofi Lena Mira Noor".split(" ");
const lastNames = "Silva Lindqvist Okafor Meyer Yilmaz Diallo Petrov Tanaka Costa Weber Mensah Vogt".split(
  " ",
);
const companies = "harborline tidewater kestrel-foods bluefin-labs ostrava-steel monsoon-air".split(" ");
const topics = ["Introductions", "Pricing", "Security review", "Rollout plan", "Next steps"];
const words =
  "crane ledger invoice walrus meadow signal copper lantern orbit velvet thistle harbour winter contract".split(
    " ",
  );

/** A sentence that no other call holds: its number is in it. */
export function sentence(random: Random, serial: number): string {
  const said = Array.from({ length: 9 }, () => random.pick(words)).join(" ");
  return `We agreed that the ${said} matters, point ${serial}.`;
}

export function makeUser(random: Random, index: number): FakeUser {
  return {
    id: `55110000000000000${String(index).padStart(3, "0")}`,
    firstName: random.pick(firstNames),
    lastName: random.pick(lastNames),
    title: random.pick(["Account executive", "Solutions engineer", "Customer success manager"]),
  };
}

/** A call between one of `users` and people of another company, processed and with a transcript. */
export function makeCall(
  random: Random,
  at: { id: string; serial: number; started: number; workspaceId: string; users: readonly FakeUser[] },
): FakeCall {
  const host = random.pick(at.users);
  const company = random.pick(companies);
  const guest = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
  const parties: FakeParty[] = [
    {
      id: `${at.id}1`,
      name: `${host.firstName} ${host.lastName}`,
      emailAddress: `${host.firstName}@northlight.example`.toLowerCase(),
      title: host.title,
      userId: host.id,
      speakerId: "7000",
      affiliation: "Internal",
      methods: ["Invitee", "Attendee"],
    },
    {
      id: `${at.id}2`,
      name: guest,
      emailAddress: `${guest.replace(" ", ".")}@${company}.example`.toLowerCase(),
      title: "Head of purchasing",
      speakerId: "7001",
      affiliation: "External",
      methods: ["Invitee", "Attendee"],
    },
  ];
  return {
    id: at.id,
    workspaceId: at.workspaceId,
    title: `${company} and Northlight: ${random.pick(topics)} ${at.serial}`,
    started: at.started,
    duration: 600 + random.below(3_000),
    isPrivate: false,
    hostId: host.id,
    parties,
    content: makeContent(random, at.serial),
    context: [crmContext(company)],
    comments: [],
    transcript: makeTranscript(random, at.serial),
    transcriptAt: at.started,
    extra: {},
  };
}

export function makeContent(random: Random, serial: number): Record<string, unknown> {
  return {
    brief: `They talked about ${random.pick(words)} and ${random.pick(words)}. Brief ${serial}.`,
    keyPoints: [{ text: `The ${random.pick(words)} must ship in spring (key point ${serial}).` }],
    outline: [
      {
        section: "Opening",
        startTime: 12.5,
        duration: 200,
        items: [{ text: `Everyone said hello ${serial}.`, startTime: 14 }],
      },
    ],
    highlights: [{ title: "Next steps", items: [{ text: `Send offer ${serial}.`, startTimes: [30] }] }],
    topics: [{ name: "Pricing", duration: 240 }],
    trackers: [{ id: "9001", name: "Competitors", count: 2, type: "KEYWORD", occurrences: [], phrases: [] }],
    pointsOfInterest: {
      actionItems: [
        {
          snippetStartTime: 40,
          snippetEndTime: 44,
          speakerID: "7000",
          snippet: `I will send offer ${serial}`,
        },
      ],
    },
    callOutcome: { id: "1", category: "Answered", name: "Meeting held" },
  };
}

export function makeTranscript(random: Random, serial: number, monologues = 6): FakeMonologue[] {
  let clock = 1_000;
  return Array.from({ length: monologues }, (_, index) => ({
    speakerId: index % 2 === 0 ? "7000" : "7001",
    topic: topics[Math.floor(index / 3) % topics.length] ?? "Pricing",
    sentences: Array.from({ length: 2 }, () => {
      clock += 6_000;
      return { start: clock - 6_000, end: clock, text: sentence(random, serial) };
    }),
  }));
}

function crmContext(company: string): unknown {
  return {
    system: "Salesforce",
    objects: [
      {
        objectType: "Account",
        objectId: `001${company}`,
        fields: [
          { name: "Name", value: company },
          { name: "Industry", value: "Shipping" },
        ],
        timing: "Now",
      },
    ],
  };
}
