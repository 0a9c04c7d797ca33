import { boolean, json, primaryKey, real, table, text } from "@/core/db/table";

/** What rows of all objects have; `fields` is a JSON object of the organisation's own fields, by API name. */
const common = () => ({
  account: text().notNull(),
  name: text().notNull(),
  owner: text(),
  fields: json().notNull(),
  createdAt: text(),
  updatedAt: text(),
  url: text().notNull(),
});

/** One row an account, open to SQL. */
export const salesforceAccount = table(
  "salesforceAccount",
  {
    ...common(),
    accountId: text().notNull(),
    type: text(),
    industry: text(),
    city: text(),
    country: text(),
    website: text(),
    parentId: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.accountId] })],
);

/** One row a contact or lead. */
export const salesforcePerson = table(
  "salesforcePerson",
  {
    ...common(),
    personId: text().notNull(),
    kind: text().notNull(),
    email: text(),
    phone: text(),
    jobTitle: text(),
    /** Of leads: the company as it was written. */
    company: text(),
    /** Of contacts, and of leads that were converted. */
    accountId: text(),
    /** Of leads. */
    status: text(),
    opportunityId: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.personId] })],
);

/** One row an opportunity. */
export const salesforceOpportunity = table(
  "salesforceOpportunity",
  {
    ...common(),
    opportunityId: text().notNull(),
    accountId: text(),
    accountName: text(),
    stage: text(),
    amount: real(),
    currency: text(),
    probability: real(),
    closeDate: text(),
    closed: boolean().notNull(),
    won: boolean().notNull(),
    nextStep: text(),
    forecast: text(),
    /** A JSON array of objects with name and role. */
    people: json().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.opportunityId] })],
);

/** One row a case. */
export const salesforceCase = table(
  "salesforceCase",
  {
    ...common(),
    caseId: text().notNull(),
    number: text(),
    accountId: text(),
    accountName: text(),
    contactId: text(),
    contactName: text(),
    status: text(),
    priority: text(),
    origin: text(),
    closed: boolean().notNull(),
    closedAt: text(),
    /** Comments and e-mails. */
    messages: real().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.caseId] })],
);

/** One row a task or event. */
export const salesforceActivity = table(
  "salesforceActivity",
  {
    ...common(),
    activityId: text().notNull(),
    kind: text().notNull(),
    type: text(),
    /** When an event takes place, or a task is due (a day). */
    at: text(),
    status: text(),
    closed: boolean().notNull(),
    accountId: text(),
    aboutId: text(),
    aboutName: text(),
    personId: text(),
    personName: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.activityId] })],
);

/** One row a note, an article, or a record of the organisation's own objects. */
export const salesforceRecord = table(
  "salesforceRecord",
  {
    ...common(),
    recordId: text().notNull(),
    object: text().notNull(),
    aboutId: text(),
    language: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.recordId] })],
);
