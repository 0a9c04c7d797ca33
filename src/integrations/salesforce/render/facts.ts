/** What is told at the top of each object's records. */
import type { factList } from "@/lib/markdown-text";
import { NOTE } from "../models/kinds";
import type { Item } from "../sync-steps/items";
import { dayOf, listOf, minuteOf, moneyOf, yes } from "./words";

type Facts = Parameters<typeof factList>[0];
type Values = Item["values"];

const about = (v: Values): Facts => ({
  Person: v["Who.Name"],
  About: v["What.Name"],
  Account: v["Account.Name"],
});

export const factsOf: Readonly<Record<string, (values: Values, item: Item) => Facts>> = {
  Account: (v) => ({
    Type: v["Type"],
    Industry: v["Industry"],
    Rating: v["Rating"],
    Place: listOf(v["BillingCity"], v["BillingCountry"]),
    Website: v["Website"],
    Phone: v["Phone"],
    Employees: v["NumberOfEmployees"],
    "Annual revenue": moneyOf(v["AnnualRevenue"], v),
    "Part of": v["Parent.Name"],
  }),
  Contact: (v) => ({
    Account: v["Account.Name"],
    "Job title": v["Title"],
    Department: v["Department"],
    "Reports to": v["ReportsTo.Name"],
    "E-mail": v["Email"],
    Phone: listOf(v["Phone"], v["MobilePhone"]),
    Place: listOf(v["MailingCity"], v["MailingCountry"]),
    Source: v["LeadSource"],
  }),
  Lead: (v) => ({
    Company: v["Company"],
    "Job title": v["Title"],
    Status: v["Status"],
    Rating: v["Rating"],
    Industry: v["Industry"],
    "E-mail": v["Email"],
    Phone: v["Phone"],
    Place: listOf(v["City"], v["Country"]),
    Source: v["LeadSource"],
    Converted: v["IsConverted"] === "true" ? (v["ConvertedDate"] ?? "yes") : undefined,
  }),
  Opportunity: (v) => ({
    Account: v["Account.Name"],
    Stage: listOf(v["StageName"], stateOf(v)),
    Amount: moneyOf(v["Amount"], v),
    Probability: v["Probability"] === undefined ? undefined : `${v["Probability"]} %`,
    "Close date": v["CloseDate"],
    "Next step": v["NextStep"],
    Forecast: v["ForecastCategoryName"],
    Type: v["Type"],
    Source: v["LeadSource"],
    Campaign: v["Campaign.Name"],
  }),
  Case: (v) => ({
    Number: v["CaseNumber"],
    Account: v["Account.Name"],
    Contact: v["Contact.Name"] ?? listOf(v["SuppliedName"], v["SuppliedEmail"]),
    Status: listOf(v["Status"], v["IsClosed"] === "true" ? closedOn(v["ClosedDate"]) : "open"),
    Priority: v["Priority"],
    Escalated: yes(v["IsEscalated"]),
    "Came by": v["Origin"],
    Type: v["Type"],
    Reason: v["Reason"],
    Product: v["Product.Name"],
    Opened: dayOf(v["CreatedDate"]),
  }),
  Task: (v) => ({
    ...about(v),
    Due: v["ActivityDate"],
    Status: v["Status"],
    Completed: minuteOf(v["CompletedDateTime"]),
    Priority: v["Priority"],
    Type: v["Type"] ?? v["TaskSubtype"],
    Call: listOf(v["CallType"], lengthOf(v["CallDurationInSeconds"]), v["CallDisposition"]),
  }),
  Event: (v) => ({
    ...about(v),
    When: v["IsAllDayEvent"] === "true" ? v["ActivityDate"] : minuteOf(v["StartDateTime"]),
    Until: v["IsAllDayEvent"] === "true" ? undefined : minuteOf(v["EndDateTime"]),
    Where: v["Location"],
    Type: v["Type"],
  }),
  Note: (v) => ({ About: v["Parent.Name"], Written: minuteOf(v["CreatedDate"]) }),
  [NOTE]: (v, item) => ({
    About: linksOf(item)
      .flatMap(({ name }) => name ?? [])
      .join(", "),
    Written: minuteOf(v["CreatedDate"]),
  }),
  Knowledge__kav: (v) => ({
    Number: v["ArticleNumber"],
    Language: v["Language"],
    Version: v["VersionNumber"],
    Published: dayOf(v["LastPublishedDate"]),
  }),
};

/** What a note is about; it hangs on the people it is shared with as well. */
export function linksOf({ parts = [] }: Item): { id: string; name: string | undefined }[] {
  return parts.flatMap(({ name, values }) => {
    const id = name === "link" ? values["LinkedEntityId"] : undefined;
    return id === undefined || id.startsWith("005") ? [] : [{ id, name: values["LinkedEntity.Name"] }];
  });
}

function stateOf(v: Values): string {
  if (v["IsClosed"] !== "true") return "open";
  return v["IsWon"] === "true" ? "won" : "lost";
}

function closedOn(time: string | undefined): string {
  const day = dayOf(time);
  return day === undefined ? "closed" : `closed ${day}`;
}

function lengthOf(seconds: string | undefined): string | undefined {
  const count = Number(seconds ?? "0");
  return count > 0 ? `${Math.floor(count / 60)} min ${count % 60} s` : undefined;
}

/** What people wrote in plain text, in the order it is shown. */
export const textsOf: Readonly<Record<string, readonly string[]>> = {
  Note: ["Body"],
  [NOTE]: ["TextPreview"],
  Knowledge__kav: ["Summary"],
};
export const DESCRIPTION = ["Description"];
