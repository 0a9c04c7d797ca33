/** The kinds of records that are read: where they are, what is asked of them, and what they are associated with. */
import { z } from "zod";
import { listOption } from "@/core/services/credentials/options";

export const targets = ["companies", "contacts", "deals", "tickets"] as const;
export type Target = (typeof targets)[number];
export const paths = [...targets, "notes", "calls", "emails", "meetings", "tasks"] as const;
export type Path = (typeof paths)[number];

export interface Kind {
  path: Path;
  /** In ids of artifacts, rows and titles. */
  name: string;
  /** The property by which changes are searched; contacts have another one than all others. */
  modified: "hs_lastmodifieddate" | "lastmodifieddate";
  properties: readonly string[];
  links: readonly Target[];
}

const owned = "hubspot_owner_id";
const activity = (path: Path, name: string, properties: readonly string[]): Kind => ({
  path,
  name,
  modified: "hs_lastmodifieddate",
  properties: ["hs_timestamp", owned, ...properties],
  links: targets,
});

const ofCompanies = "name domain industry city country phone description numberofemployees annualrevenue";
const ofContacts = "firstname lastname email phone jobtitle city country";
const ofDeals =
  "dealname amount deal_currency_code pipeline dealstage closedate description closed_lost_reason";
const ofEmails = ["subject", "html", "text", "direction", "status", "from_email", "to_email", "cc_email"];
const ofCalls = ["title", "body", "duration", "direction", "status", "disposition"];
const ofTickets =
  "subject content hs_pipeline hs_pipeline_stage hs_ticket_priority hs_ticket_category hs_resolution source_type closed_date";
/** Where a ticket was written, and what tells that something more was. */
const ofThreads = [
  "hs_conversations_originating_thread_id",
  "hs_last_message_received_at",
  "hs_last_message_sent_at",
];
const ofTasks = ["subject", "body", "status", "priority", "type"];
const ofMeetings = ["title", "body", "location", "start_time", "end_time", "outcome"];

/** In the order they are read: what others name comes before them. */
export const kinds: readonly Kind[] = [
  {
    path: "companies",
    name: "company",
    modified: "hs_lastmodifieddate",
    properties: [...ofCompanies.split(" "), "lifecyclestage", owned],
    links: [],
  },
  {
    path: "contacts",
    name: "contact",
    modified: "lastmodifieddate",
    properties: [...ofContacts.split(" "), "lifecyclestage", owned],
    links: ["companies"],
  },
  {
    path: "deals",
    name: "deal",
    modified: "hs_lastmodifieddate",
    properties: [...ofDeals.split(" "), owned],
    links: ["companies", "contacts"],
  },
  {
    path: "tickets",
    name: "ticket",
    modified: "hs_lastmodifieddate",
    properties: [...ofTickets.split(" "), ...ofThreads, owned],
    links: ["companies", "contacts", "deals"],
  },
  activity("notes", "note", ["hs_note_body"]),
  activity(
    "calls",
    "call",
    ofCalls.map((name) => `hs_call_${name}`),
  ),
  activity(
    "emails",
    "email",
    ofEmails.map((name) => `hs_email_${name}`),
  ),
  activity("meetings", "meeting", [
    "hs_internal_meeting_notes",
    ...ofMeetings.map((name) => `hs_meeting_${name}`),
  ]),
  // `hs_timestamp` is when it is due.
  activity(
    "tasks",
    "task",
    ofTasks.map((name) => `hs_task_${name}`),
  ),
];

/** What an account reads that was connected before there was more. */
export const earlier: readonly Path[] = paths.filter((path) => path !== "tickets" && path !== "tasks");

/** What a person may choose beside the token. */
export const optionsSchema = z.object({
  /** Empty: what there was before tickets and tasks could be read, which are named where they are. */
  objects: listOption
    .transform((given) => given.map((one) => one.toLowerCase()))
    .pipe(z.array(z.enum(paths, { error: `takes names out of ${paths.join(", ")}` })))
    .default([]),
});
export type HubspotOptions = z.infer<typeof optionsSchema>;
