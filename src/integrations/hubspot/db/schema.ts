import { boolean, json, primaryKey, real, table, text } from "@/core/db/table";

const owned = () => ({ account: text().notNull(), owner: text() });
const dated = () => ({ createdAt: text(), updatedAt: text() });
/** Ids, as a JSON array. */
const ids = () => json().notNull();

/** One row a company, open to SQL. */
export const hubspotCompany = table(
  "hubspotCompany",
  {
    ...owned(),
    companyId: text().notNull(),
    name: text().notNull(),
    domain: text(),
    industry: text(),
    city: text(),
    country: text(),
    lifecycleStage: text(),
    ...dated(),
  },
  (t) => [primaryKey({ columns: [t.account, t.companyId] })],
);

/** One row a contact. */
export const hubspotContact = table(
  "hubspotContact",
  {
    ...owned(),
    contactId: text().notNull(),
    name: text().notNull(),
    email: text(),
    jobTitle: text(),
    lifecycleStage: text(),
    companies: ids(),
    ...dated(),
  },
  (t) => [primaryKey({ columns: [t.account, t.contactId] })],
);

/** One row a deal. */
export const hubspotDeal = table(
  "hubspotDeal",
  {
    ...owned(),
    dealId: text().notNull(),
    name: text().notNull(),
    amount: real(),
    currency: text(),
    pipeline: text(),
    stage: text(),
    closed: boolean().notNull(),
    won: boolean().notNull(),
    closeDate: text(),
    companies: ids(),
    contacts: ids(),
    ...dated(),
  },
  (t) => [primaryKey({ columns: [t.account, t.dealId] })],
);

/** One row a ticket. */
export const hubspotTicket = table(
  "hubspotTicket",
  {
    ...owned(),
    ticketId: text().notNull(),
    name: text().notNull(),
    pipeline: text(),
    stage: text(),
    closed: boolean().notNull(),
    priority: text(),
    category: text(),
    closedAt: text(),
    companies: ids(),
    contacts: ids(),
    deals: ids(),
    ...dated(),
  },
  (t) => [primaryKey({ columns: [t.account, t.ticketId] })],
);

/** One row a note, call, email, meeting or task: HubSpot counts the ids of all of them together. */
export const hubspotActivity = table(
  "hubspotActivity",
  {
    ...owned(),
    activityId: text().notNull(),
    kind: text().notNull(),
    title: text().notNull(),
    at: text(),
    /** Of tasks. */
    status: text(),
    companies: ids(),
    contacts: ids(),
    deals: ids(),
    /** Null in rows from before there were any. */
    tickets: json(),
    ...dated(),
  },
  (t) => [primaryKey({ columns: [t.account, t.activityId] })],
);
