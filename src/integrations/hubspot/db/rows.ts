import { type OwnRows, ownRows } from "@/core/services/sync/kept-rows";
import { toIso } from "@/lib/time";
import type { Kind } from "../models/kinds";
import { titleOf, wordsOf } from "../render/render-item";
import type { Item, Linked } from "../sync-steps/items";
import { hubspotActivity, hubspotCompany, hubspotContact, hubspotDeal, hubspotTicket } from "./schema";

const ids = (linked: readonly Linked[]) => linked.map(({ id }) => id);
/** What rows of all kinds have. */
const common = ({ owner, createdAt, updatedAt }: Item, account: string) => ({
  account,
  owner: owner ?? null,
  createdAt: createdAt ?? null,
  updatedAt: updatedAt ?? null,
});

const companyRows = (kind: Kind) =>
  ownRows(hubspotCompany, hubspotCompany.companyId, (item: Item, account) => ({
    ...common(item, account),
    companyId: item.id,
    name: titleOf(kind, item),
    domain: item.values["domain"] ?? null,
    industry: item.values["industry"] ?? null,
    city: item.values["city"] ?? null,
    country: item.values["country"] ?? null,
    lifecycleStage: item.lifecycle ?? item.values["lifecyclestage"] ?? null,
  }));

const contactRows = (kind: Kind) =>
  ownRows(hubspotContact, hubspotContact.contactId, (item: Item, account) => ({
    ...common(item, account),
    contactId: item.id,
    name: titleOf(kind, item),
    email: item.values["email"] ?? null,
    jobTitle: item.values["jobtitle"] ?? null,
    lifecycleStage: item.lifecycle ?? item.values["lifecyclestage"] ?? null,
    companies: ids(item.links.companies),
  }));

const dealRows = (kind: Kind) =>
  ownRows(hubspotDeal, hubspotDeal.dealId, (item: Item, account) => ({
    ...common(item, account),
    dealId: item.id,
    name: titleOf(kind, item),
    amount: numberOf(item.values["amount"]),
    currency: item.values["deal_currency_code"] ?? null,
    pipeline: item.stage?.pipeline ?? item.values["pipeline"] ?? null,
    stage: item.stage?.label ?? item.values["dealstage"] ?? null,
    closed: item.stage?.closed ?? false,
    won: item.stage?.won ?? false,
    closeDate: toIso(item.values["closedate"]) ?? null,
    companies: ids(item.links.companies),
    contacts: ids(item.links.contacts),
  }));

const ticketRows = (kind: Kind) =>
  ownRows(hubspotTicket, hubspotTicket.ticketId, (item: Item, account) => ({
    ...common(item, account),
    ticketId: item.id,
    name: titleOf(kind, item),
    pipeline: item.stage?.pipeline ?? item.values["hs_pipeline"] ?? null,
    stage: item.stage?.label ?? item.values["hs_pipeline_stage"] ?? null,
    closed: item.stage?.closed ?? false,
    priority: wordsOf(item.values["hs_ticket_priority"]) ?? null,
    category: wordsOf(item.values["hs_ticket_category"]) ?? null,
    closedAt: toIso(item.values["closed_date"]) ?? null,
    companies: ids(item.links.companies),
    contacts: ids(item.links.contacts),
    deals: ids(item.links.deals),
  }));

const activityRows = (kind: Kind) =>
  ownRows(hubspotActivity, hubspotActivity.activityId, (item: Item, account) => ({
    ...common(item, account),
    activityId: item.id,
    kind: kind.name,
    title: titleOf(kind, item),
    at: item.at ?? null,
    status: wordsOf(item.values["hs_task_status"]) ?? null,
    companies: ids(item.links.companies),
    contacts: ids(item.links.contacts),
    deals: ids(item.links.deals),
    tickets: ids(item.links.tickets),
  }));

/** The rows that follow the items of a kind. */
export function rowsOf(kind: Kind): OwnRows<Item> {
  if (kind.path === "companies") return companyRows(kind);
  if (kind.path === "contacts") return contactRows(kind);
  if (kind.path === "tickets") return ticketRows(kind);
  return kind.path === "deals" ? dealRows(kind) : activityRows(kind);
}

function numberOf(value: string | undefined): number | null {
  const number = Number(value);
  return value === undefined || !Number.isFinite(number) ? null : number;
}
