import { type OwnRows, ownRows } from "@/core/services/sync/kept-rows";
import { toIso } from "@/lib/time";
import type { Kind } from "../models/kinds";
import { linksOf } from "../render/facts";
import { titleOf } from "../render/render-item";
import type { Item } from "../sync-steps/items";
import {
  salesforceAccount,
  salesforceActivity,
  salesforceCase,
  salesforceOpportunity,
  salesforcePerson,
  salesforceRecord,
} from "./schema";

/** What rows of all objects have. */
const common = (kind: Kind, item: Item, account: string) => ({
  account,
  name: titleOf(kind, item),
  owner: item.values["Owner.Name"] ?? null,
  fields: Object.fromEntries(item.own.map(({ name, type, value }) => [name, typed(type, value)])),
  createdAt: item.createdAt ?? null,
  updatedAt: item.updatedAt ?? null,
  url: item.url,
});

const accountRows = (kind: Kind) =>
  ownRows(salesforceAccount, salesforceAccount.accountId, (item: Item, account) => ({
    ...common(kind, item, account),
    accountId: item.key,
    type: item.values["Type"] ?? null,
    industry: item.values["Industry"] ?? null,
    city: item.values["BillingCity"] ?? null,
    country: item.values["BillingCountry"] ?? null,
    website: item.values["Website"] ?? null,
    parentId: item.values["ParentId"] ?? null,
  }));

const personRows = (kind: Kind) =>
  ownRows(salesforcePerson, salesforcePerson.personId, (item: Item, account) => ({
    ...common(kind, item, account),
    personId: item.key,
    kind: kind.name,
    email: item.values["Email"] ?? null,
    phone: item.values["Phone"] ?? item.values["MobilePhone"] ?? null,
    jobTitle: item.values["Title"] ?? null,
    company: item.values["Company"] ?? item.values["Account.Name"] ?? null,
    accountId: item.values["AccountId"] ?? item.values["ConvertedAccountId"] ?? null,
    status: item.values["Status"] ?? null,
    opportunityId: item.values["ConvertedOpportunityId"] ?? null,
  }));

const opportunityRows = (kind: Kind) =>
  ownRows(salesforceOpportunity, salesforceOpportunity.opportunityId, (item: Item, account) => ({
    ...common(kind, item, account),
    opportunityId: item.key,
    accountId: item.values["AccountId"] ?? null,
    accountName: item.values["Account.Name"] ?? null,
    stage: item.values["StageName"] ?? null,
    amount: numberOf(item.values["Amount"]),
    currency: item.values["CurrencyIsoCode"] ?? null,
    probability: numberOf(item.values["Probability"]),
    closeDate: item.values["CloseDate"] ?? null,
    closed: item.values["IsClosed"] === "true",
    won: item.values["IsWon"] === "true",
    nextStep: item.values["NextStep"] ?? null,
    forecast: item.values["ForecastCategoryName"] ?? null,
    people: peopleOf(item),
  }));

const caseRows = (kind: Kind) =>
  ownRows(salesforceCase, salesforceCase.caseId, (item: Item, account) => ({
    ...common(kind, item, account),
    caseId: item.key,
    number: item.values["CaseNumber"] ?? null,
    accountId: item.values["AccountId"] ?? null,
    accountName: item.values["Account.Name"] ?? null,
    contactId: item.values["ContactId"] ?? null,
    contactName: item.values["Contact.Name"] ?? item.values["SuppliedName"] ?? null,
    status: item.values["Status"] ?? null,
    priority: item.values["Priority"] ?? null,
    origin: item.values["Origin"] ?? null,
    closed: item.values["IsClosed"] === "true",
    closedAt: toIso(item.values["ClosedDate"]) ?? null,
    messages: item.marks?.length ?? 0,
  }));

const activityRows = (kind: Kind) =>
  ownRows(salesforceActivity, salesforceActivity.activityId, (item: Item, account) => ({
    ...common(kind, item, account),
    activityId: item.key,
    kind: kind.name,
    type: item.values["Type"] ?? item.values["TaskSubtype"] ?? null,
    at: toIso(item.values["StartDateTime"]) ?? item.values["ActivityDate"] ?? null,
    status: item.values["Status"] ?? null,
    closed: item.values["IsClosed"] === "true",
    accountId: item.values["AccountId"] ?? null,
    aboutId: item.values["WhatId"] ?? null,
    aboutName: item.values["What.Name"] ?? null,
    personId: item.values["WhoId"] ?? null,
    personName: item.values["Who.Name"] ?? null,
  }));

const recordRows = (kind: Kind) =>
  ownRows(salesforceRecord, salesforceRecord.recordId, (item: Item, account) => ({
    ...common(kind, item, account),
    recordId: item.key,
    object: kind.object,
    aboutId: item.values["ParentId"] ?? linksOf(item)[0]?.id ?? null,
    language: item.values["Language"] ?? null,
  }));

const tables: Readonly<Record<string, (kind: Kind) => OwnRows<Item>>> = {
  Account: accountRows,
  Contact: personRows,
  Lead: personRows,
  Opportunity: opportunityRows,
  Case: caseRows,
  Task: activityRows,
  Event: activityRows,
};

/** The rows that follow the items of an object. */
export function rowsOf(kind: Kind): OwnRows<Item> {
  return (tables[kind.object] ?? recordRows)(kind);
}

function peopleOf({ parts = [] }: Item): { name: string; role: string | null }[] {
  return parts.flatMap(({ name, values }) => {
    const who = name === "role" ? values["Contact.Name"] : undefined;
    return who === undefined ? [] : [{ name: who, role: values["Role"] ?? null }];
  });
}

function numberOf(value: string | undefined): number | null {
  const number = Number(value);
  return value === undefined || !Number.isFinite(number) ? null : number;
}

/** Numbers and yes or no as such, for SQL. */
function typed(type: string, value: string): string | number | boolean {
  if (type === "boolean") return value === "true";
  return ["int", "double", "currency", "percent"].includes(type) ? (numberOf(value) ?? value) : value;
}
