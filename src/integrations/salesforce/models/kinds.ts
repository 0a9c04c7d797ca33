/** The objects that are read: what is asked of them, in the order in which they are. */
import type { Path } from "./options";

export interface Kind {
  /** Name of the stream. Standard objects are chosen by it. */
  path: string;
  /** Salesforce's name of the object. */
  object: string;
  /** In ids of artifacts and titles. */
  name: string;
  /** Wanted where the account may see them; `Owner.Name` is the name of what `OwnerId` refers to. */
  fields: readonly string[];
  /** Records of a page. */
  page: number;
  /** Only these are read; Salesforce then tells of no deletions. */
  only?: string;
  /** What changes are told by, where that is not `SystemModstamp`. */
  stamp?: "LastModifiedDate";
  /** What it is chosen by, where that is not its path. */
  chosenBy?: Path;
  /** An object of the organisation's own. */
  custom?: boolean;
}

/** As many as Salesforce gives at once. */
const PAGE = 2_000;
/** What hangs on so many is asked for at once, by ids that have to fit into an address. */
const PAGE_OF_WHOLES = 200;

const kind = (path: Path, object: string, name: string, fields: string): Kind => ({
  path,
  object,
  name,
  fields: fields.split(" "),
  page: PAGE,
});

/** Notes of Lightning: files, of which each version has its text apart. */
export const NOTE = "ContentNote";
const DATES = "CreatedDate LastModifiedDate CreatedBy.Name";
const OWNED = `Owner.Name RecordType.Name CurrencyIsoCode ${DATES}`;
const ABOUT = "Who.Name WhoId What.Name WhatId Account.Name AccountId";

export const kinds: readonly Kind[] = [
  kind(
    "accounts",
    "Account",
    "account",
    `Name Type Industry Rating Website Phone BillingCity BillingCountry NumberOfEmployees AnnualRevenue Description Parent.Name ParentId ${OWNED}`,
  ),
  kind(
    "contacts",
    "Contact",
    "contact",
    `Name Title Department Email Phone MobilePhone MailingCity MailingCountry Account.Name AccountId ReportsTo.Name LeadSource Description ${OWNED}`,
  ),
  kind(
    "leads",
    "Lead",
    "lead",
    `Name Company Title Email Phone Status Rating LeadSource Industry City Country IsConverted ConvertedDate ConvertedAccountId ConvertedContactId ConvertedOpportunityId Description ${OWNED}`,
  ),
  {
    ...kind(
      "opportunities",
      "Opportunity",
      "opportunity",
      `Name StageName Amount Probability CloseDate IsClosed IsWon ForecastCategoryName NextStep Type LeadSource Description Account.Name AccountId Campaign.Name ${OWNED}`,
    ),
    page: PAGE_OF_WHOLES,
  },
  {
    ...kind(
      "cases",
      "Case",
      "case",
      `CaseNumber Subject Status Priority Origin Type Reason IsClosed ClosedDate IsEscalated Description Account.Name AccountId Contact.Name ContactId SuppliedName SuppliedEmail Product.Name ${OWNED}`,
    ),
    page: PAGE_OF_WHOLES,
  },
  kind(
    "tasks",
    "Task",
    "task",
    `Subject Status Priority Type TaskSubtype ActivityDate IsClosed CompletedDateTime CallType CallDurationInSeconds CallDisposition Description ${ABOUT} ${OWNED}`,
  ),
  kind(
    "events",
    "Event",
    "event",
    `Subject Type StartDateTime EndDateTime ActivityDate IsAllDayEvent Location Description ${ABOUT} ${OWNED}`,
  ),
  kind("notes", "Note", "note", `Title Body Parent.Name ParentId Owner.Name ${DATES}`),
  {
    ...kind("notes", NOTE, "note", `Title TextPreview LatestPublishedVersionId Owner.Name ${DATES}`),
    path: "lightning-notes",
    chosenBy: "notes",
    page: PAGE_OF_WHOLES,
    only: "FileType = 'SNOTE'",
    stamp: "LastModifiedDate",
  },
  {
    ...kind(
      "articles",
      "Knowledge__kav",
      "article",
      `KnowledgeArticleId ArticleNumber Title Summary UrlName Language VersionNumber LastPublishedDate ${DATES}`,
    ),
    only: "PublishStatus = 'Online'",
  },
];

/** An object of the organisation's own, by its API name. */
export function customKind(object: string): Kind {
  const name = object.replace(/__c$/, "");
  const fields = `Name Owner.Name RecordType.Name CurrencyIsoCode ${DATES}`.split(" ");
  return { path: `object:${object}`, object, name, fields, page: PAGE, custom: true };
}

/** Records that hang on one of another object, and are told with it. */
export interface PartKind {
  name: "comment" | "email" | "role" | "stage" | "link";
  object: string;
  /** The field that says on which it hangs. */
  parent: string;
  fields: readonly string[];
  /** Long texts are read once something tells that they changed; others are compared as they are. */
  long: boolean;
  /** Salesforce gives those of some records alone, and so not what changed of them. */
  quiet?: boolean;
}

const part = (name: PartKind["name"], object: string, parent: string, fields: string): PartKind => ({
  name,
  object,
  parent,
  fields: [parent, ...fields.split(" ")],
  long: parent === "ParentId",
});

/** By the object on which they hang. */
export const partsOf: Readonly<Record<string, readonly PartKind[]>> = {
  Case: [
    part("comment", "CaseComment", "ParentId", "CommentBody IsPublished CreatedBy.Name CreatedDate"),
    part(
      "email",
      "EmailMessage",
      "ParentId",
      "Subject TextBody FromName FromAddress ToAddress CcAddress Incoming Status MessageDate HasAttachment CreatedDate",
    ),
  ],
  Opportunity: [
    part("role", "OpportunityContactRole", "OpportunityId", "Contact.Name Role IsPrimary"),
    part(
      "stage",
      "OpportunityHistory",
      "OpportunityId",
      "StageName Amount CloseDate CreatedBy.Name CreatedDate",
    ),
  ],
  [NOTE]: [
    {
      ...part("link", "ContentDocumentLink", "ContentDocumentId", "LinkedEntityId LinkedEntity.Name"),
      quiet: true,
    },
  ],
};
