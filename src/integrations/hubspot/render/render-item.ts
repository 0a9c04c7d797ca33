import type { RenderedArtifact } from "@/core/models/models";
import { htmlText } from "@/core/services/readers/html-text";
import { plainLine } from "@/lib/clean-text";
import { factList, lineText, paragraphText } from "@/lib/markdown-text";
import { toIso } from "@/lib/time";
import type { Kind } from "../models/kinds";
import type { Message } from "../models/models";
import type { Item, Linked } from "../sync-steps/items";
import { conversationText } from "./conversation";

/** Names of so many associated records are written out. */
const MOST_NAMES = 20;

/** @param messages what was written in a ticket. */
export async function renderItem(
  kind: Kind,
  item: Item,
  messages: readonly Message[],
  signal: AbortSignal,
): Promise<RenderedArtifact> {
  const title = titleOf(kind, item);
  const { values, links } = item;
  const facts = factList({
    ...factsOf[kind.path]?.(item),
    Companies: namesIn(links.companies),
    Contacts: namesIn(links.contacts),
    Deals: namesIn(links.deals),
    Tickets: namesIn(links.tickets),
    Owner: item.owner,
  });
  const texts = await textsOf(kind, values, title, signal);
  const talk = await conversationText(messages, signal);
  return {
    integrationArtifactId: `hubspot:${kind.name}:${item.id}`,
    kind: kind.path === "emails" ? "email" : talk === "" ? "document" : "conversation",
    title,
    markdown: [`# ${lineText(title)}`, facts, ...texts, talk].filter((part) => part !== "").join("\n\n"),
    url: item.url,
    author: kind.path === "emails" ? values["hs_email_from_email"] : item.owner,
    artifactDate: item.at,
  };
}

/** What a record is called. Activities without a title of their own are called by what they are about, and when. */
export function titleOf({ path, name }: Kind, { id, values, links, at }: Item): string {
  const person = [values["firstname"], values["lastname"]].filter(Boolean).join(" ");
  const about = [...links.companies, ...links.contacts, ...links.deals, ...links.tickets].find(
    (one) => one.name,
  )?.name;
  const titles = {
    companies: values["name"] ?? values["domain"],
    contacts: person || values["email"],
    deals: values["dealname"],
    notes: undefined,
    calls: values["hs_call_title"],
    emails: values["hs_email_subject"],
    meetings: values["hs_meeting_title"],
    tickets: values["subject"],
    tasks: values["hs_task_subject"],
  };
  const own = plainLine(titles[path] ?? "", 300);
  if (own !== "") return own;
  const word = name[0]?.toUpperCase() + name.slice(1);
  if (at === undefined || !values["hs_timestamp"]) return `${word} ${id}`;
  return `${word}${about === undefined ? "" : ` about ${about}`}, ${at.slice(0, 10)}`;
}

/** What is not called so was sent from HubSpot, or logged there. */
const DIRECTIONS: Readonly<Record<string, string>> = {
  INCOMING_EMAIL: "incoming",
  FORWARDED_EMAIL: "forwarded to HubSpot",
};

/** Outcomes of calls that every account has, for tokens that may not ask what they are called. */
const OUTCOMES: Readonly<Record<string, string>> = {
  "9d9162e7-6cf3-4944-bf63-4dff82258764": "Busy",
  "f240bbac-87c9-4f6e-bf70-924b57d47db7": "Connected",
  "a4c4c377-d246-4b32-a13b-75a56a4cd0ff": "Left live message",
  "b2cf5968-551e-4856-9783-52b3da59a7d0": "Left voicemail",
  "73a0d17f-1163-4015-bdd5-ec830791da20": "No answer",
  "17b47fee-58de-441e-a44c-c6300d46f273": "Wrong number",
};

/** Says of an email that it has not reached anybody: a draft, or one that bounced, failed or is still to be sent. */
function statusOf(values: Item["values"]): string | undefined {
  if (values["hs_email_direction"] === "DRAFT_EMAIL") return "draft, not sent";
  const status = values["hs_email_status"];
  return status === "SENT" ? undefined : wordsOf(status);
}

type Facts = Parameters<typeof factList>[0];

const factsOf: Partial<Record<Kind["path"], (item: Item) => Facts>> = {
  companies: ({ values, lifecycle }) => ({
    Domain: values["domain"],
    Industry: wordsOf(values["industry"]),
    Place: placeOf(values),
    Phone: values["phone"],
    Employees: values["numberofemployees"],
    "Annual revenue": values["annualrevenue"],
    "Lifecycle stage": lifecycle ?? wordsOf(values["lifecyclestage"]),
  }),
  contacts: ({ values, lifecycle }) => ({
    "Job title": values["jobtitle"],
    "E-mail": values["email"],
    Phone: values["phone"],
    Place: placeOf(values),
    "Lifecycle stage": lifecycle ?? wordsOf(values["lifecyclestage"]),
  }),
  deals: ({ values, stage }) => ({
    Amount: [values["amount"], values["deal_currency_code"]].filter(Boolean).join(" "),
    Stage: stage === undefined ? values["dealstage"] : `${stage.label} (${stage.pipeline})`,
    "Close date": toIso(values["closedate"])?.slice(0, 10),
    "Why lost": values["closed_lost_reason"],
  }),
  tickets: ({ values, stage }) => ({
    Status: stage === undefined ? values["hs_pipeline_stage"] : `${stage.label} (${stage.pipeline})`,
    Priority: wordsOf(values["hs_ticket_priority"]),
    Category: wordsOf(values["hs_ticket_category"]),
    "Came by": wordsOf(values["source_type"]),
    Closed: toIso(values["closed_date"])?.slice(0, 10),
    Resolution: wordsOf(values["hs_resolution"]),
  }),
  tasks: ({ values, at }) => ({
    Due: values["hs_timestamp"] === undefined ? undefined : timeOf(at),
    Status: wordsOf(values["hs_task_status"]),
    Priority: values["hs_task_priority"] === "NONE" ? undefined : wordsOf(values["hs_task_priority"]),
    Type: wordsOf(values["hs_task_type"]),
  }),
  notes: ({ at }) => ({ When: timeOf(at) }),
  calls: ({ values, at, outcome }) => ({
    When: timeOf(at),
    Direction: wordsOf(values["hs_call_direction"]),
    Outcome: outcome ?? OUTCOMES[values["hs_call_disposition"] ?? ""],
    Status: wordsOf(values["hs_call_status"]),
    Duration: durationOf(values["hs_call_duration"]),
  }),
  emails: ({ values, at }) => ({
    When: timeOf(at),
    From: values["hs_email_from_email"],
    To: values["hs_email_to_email"],
    Cc: values["hs_email_cc_email"],
    Direction: DIRECTIONS[values["hs_email_direction"] ?? ""],
    Status: statusOf(values),
  }),
  meetings: ({ values, at }) => ({
    When: timeOf(toIso(values["hs_meeting_start_time"]) ?? at),
    Until: timeOf(toIso(values["hs_meeting_end_time"])),
    Where: values["hs_meeting_location"],
    Outcome: wordsOf(values["hs_meeting_outcome"]),
  }),
};

/** What people wrote: plain text of records, HTML of activities. */
async function textsOf(
  { path }: Kind,
  values: Item["values"],
  title: string,
  signal: AbortSignal,
): Promise<string[]> {
  const html = (name: string, level = 2) => htmlText(values[name] ?? "", { name: title, level, signal });
  if (path === "companies" || path === "deals") return [paragraphText(values["description"] ?? "")];
  if (path === "tickets") return [paragraphText(values["content"] ?? "")];
  if (path === "tasks") return [await html("hs_task_body")];
  if (path === "notes") return [await html("hs_note_body")];
  if (path === "calls") return [await html("hs_call_body")];
  if (path === "emails")
    return [(await html("hs_email_html")) || paragraphText(values["hs_email_text"] ?? "")];
  if (path !== "meetings") return [];
  const notes = await html("hs_internal_meeting_notes", 3);
  return [await html("hs_meeting_body"), notes === "" ? "" : `## Internal notes\n\n${notes}`];
}

function namesIn(linked: readonly Linked[]): string {
  const names = linked.flatMap(({ name }) => name ?? []);
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return names.slice(0, MOST_NAMES).join(", ") + more;
}

/** `MARKETING_QUALIFIED_LEAD` and the like, as people read them. */
export function wordsOf(value: string | undefined): string | undefined {
  return value?.replaceAll("_", " ").toLowerCase();
}

function placeOf({ city, country }: Item["values"]): string {
  return [city, country].filter(Boolean).join(", ");
}

function timeOf(at: string | undefined): string | undefined {
  return at === undefined ? undefined : `${at.slice(0, 16).replace("T", " ")} UTC`;
}

/** HubSpot counts milliseconds. */
function durationOf(value: string | undefined): string | undefined {
  const seconds = Math.round(Number(value ?? "") / 1_000);
  if (!Number.isFinite(seconds) || seconds <= 0) return undefined;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
