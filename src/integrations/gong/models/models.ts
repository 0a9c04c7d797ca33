/** What Gong's API v2 answers, as far as it is used. Unknown fields and values are let through; only ids are needed. */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";
import { toIso } from "@/lib/time";

const text = looseValue(z.string());
const number = looseValue(z.number());

const fieldSchema = z.looseObject({ name: text, value: z.unknown() });
const contextSchema = z.looseObject({
  system: text,
  objects: looseList(z.looseObject({ objectType: text, objectId: text, fields: looseList(fieldSchema) })),
});

export const partySchema = z.looseObject({
  id: text,
  name: text,
  emailAddress: text,
  title: text,
  userId: text,
  speakerId: text,
  affiliation: text,
  methods: looseList(z.string()),
});
export type Party = z.infer<typeof partySchema>;

/** The outline, the points and so on: sections of a call that Gong itself wrote. Times in seconds. */
const contentSchema = z.looseObject({
  brief: text,
  keyPoints: looseList(z.looseObject({ text: z.string() })),
  outline: looseList(
    z.looseObject({
      section: text,
      startTime: number,
      items: looseList(z.looseObject({ text: z.string(), startTime: number })),
    }),
  ),
  highlights: looseList(
    z.looseObject({ title: text, items: looseList(z.looseObject({ text: z.string() })) }),
  ),
  pointsOfInterest: looseValue(
    z.looseObject({ actionItems: looseList(z.looseObject({ snippet: z.string(), speakerID: text })) }),
  ),
  topics: looseList(z.looseObject({ name: z.string(), duration: number })),
  trackers: looseList(
    z.looseObject({
      name: z.string(),
      count: number,
      phrases: looseList(z.looseObject({ phrase: z.string(), count: number })),
    }),
  ),
  callOutcome: looseValue(z.looseObject({ name: text })),
});

/** One entry of `POST /v2/calls/extensive`. */
export const callSchema = z.looseObject({
  metaData: z.looseObject({
    /** Up to 20 digits: never a number. */
    id: z.string().min(1),
    url: text,
    title: text,
    scheduled: looseValue(z.union([z.string(), z.number()])),
    started: looseValue(z.union([z.string(), z.number()])),
    duration: number,
    primaryUserId: text,
    direction: text,
    system: text,
    scope: text,
    media: text,
    language: text,
    workspaceId: text,
    purpose: text,
    sdrDisposition: text,
    isPrivate: looseValue(z.boolean()),
  }),
  context: looseList(contextSchema),
  parties: looseList(partySchema),
  content: looseValue(contentSchema),
  interaction: looseValue(
    z.looseObject({
      questions: looseValue(z.looseObject({ companyCount: number, nonCompanyCount: number })),
    }),
  ),
  collaboration: looseValue(
    z.looseObject({
      publicComments: looseList(z.looseObject({ comment: z.string(), commenterUserId: text })),
    }),
  ),
});
export type Call = z.infer<typeof callSchema>;

/** Whether a topic or tracker came up: Gong lists those that did not as well, with nothing counted. */
export const cameUp = (counted: number | null | undefined): boolean => counted !== 0;

/** From this on a number counts milliseconds (1973); below it seconds, as in examples of Gong's specification. */
const MILLISECONDS_FROM = 100_000_000_000;

/** When a call began, or is to begin: ISO-8601 UTC. Undefined where Gong does not say. */
export function startOf({ metaData }: Call): string | undefined {
  const given = metaData.started ?? metaData.scheduled;
  return toIso(typeof given === "number" && given < MILLISECONDS_FROM ? given * 1_000 : given);
}

/** What one speaker says on one topic. Times in milliseconds from the start of the call. */
export const monologueSchema = z.looseObject({
  speakerId: text,
  topic: text,
  sentences: looseList(z.looseObject({ start: number, text: z.string() })),
});
export type Monologue = z.infer<typeof monologueSchema>;

const recordsSchema = looseValue(z.looseObject({ totalRecords: number, cursor: text }));
/** Calls are parsed one by one, so that a broken one does not hide the others. */
export const callsPageSchema = z.looseObject({ records: recordsSchema, calls: z.array(z.unknown()) });
export const transcriptsPageSchema = z.looseObject({
  records: recordsSchema,
  callTranscripts: z.array(z.looseObject({ callId: z.string(), transcript: looseList(monologueSchema) })),
});
export const usersPageSchema = z.looseObject({
  records: recordsSchema,
  users: z.array(
    z.looseObject({
      id: z.string(),
      emailAddress: text,
      firstName: text,
      lastName: text,
      title: text,
      active: looseValue(z.boolean()),
      managerId: text,
    }),
  ),
});
export type User = z.infer<typeof usersPageSchema>["users"][number];
export const workspacesSchema = z.looseObject({
  workspaces: z.array(z.looseObject({ id: z.string(), name: text })),
});
export type Workspace = z.infer<typeof workspacesSchema>["workspaces"][number];

/** A call as the stream hands it on. */
export interface CallItem {
  id: string;
  call: Call;
  /** Undefined when it was not asked for, because what is stored of the call is still right. Empty: there is none. */
  transcript: readonly Monologue[] | undefined;
  detailsHash: string;
  /** Null when there is no transcript (yet). */
  transcriptHash: string | null;
}
