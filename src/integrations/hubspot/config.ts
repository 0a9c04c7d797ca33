import type { IntegrationConfig } from "@/core/models/models";

/** How a HubSpot account is connected. */
export const hubspotConfig: IntegrationConfig = {
  integration: "HubSpot",
  icon: "/assets/hubspot.svg",
  integrationType: "API_KEY",
  // Names that changed, new associations, merged and erased records show in a full listing alone.
  fullSyncAt: "nightly at 02:30",
  description: [
    "Reads companies, contacts, deals, tickets, and the notes, calls, emails, meetings and tasks about them. Nothing is written.",
    "",
    "A super admin makes the token: Settings → Integrations → Private apps → Create. It needs the scopes",
    "`crm.objects.companies.read`, `crm.objects.contacts.read`, `crm.objects.deals.read`, `crm.objects.owners.read`, for",
    "emails `sales-email-read`, for tickets `tickets`, and for what was written in them `conversations.read`.",
  ].join("\n"),
  docs: "https://developers.hubspot.com/docs/guides/apps/private-apps/overview",
  inputs: [
    { input: "apiKey", label: "Access token", placeholder: "pat-na1-…", secret: true, required: true },
  ],
  optionInputs: [
    {
      key: "objects",
      label: "Only these",
      placeholder: "companies, deals, notes",
      help: "Out of companies, contacts, deals, tickets, notes, calls, emails, meetings, tasks. Empty: all, tickets where the token may.",
    },
  ],
  about: [
    "One artifact is one company, contact, deal, ticket, note, call, email, meeting or task. mdArtifacts.integrationArtifactId is",
    "'hubspot:company:', 'hubspot:contact:', 'hubspot:deal:', 'hubspot:ticket:', 'hubspot:note:', 'hubspot:call:',",
    "'hubspot:email:', 'hubspot:meeting:' or 'hubspot:task:' followed by the id, which is companyId, contactId, dealId, ticketId",
    "or activityId in hubspotCompany, hubspotContact, hubspotDeal, hubspotTicket and hubspotActivity; hubspotActivity.kind says",
    "which of the five, and a task's status such as 'not started', due at \"at\". companies, contacts, deals and tickets are JSON",
    "arrays of the ids that a row is associated with. Times are ISO-8601 UTC text, amounts numbers in",
    "hubspotDeal.currency (null: the account's own). All share account.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "Which tickets are open, and since when?",
      sql: `SELECT "name", "stage", "priority", "createdAt" FROM "hubspotTicket" WHERE "closed" = 0 ORDER BY "createdAt" LIMIT 50`,
    },
    {
      question: "What is in each stage of the pipeline?",
      sql: `SELECT "pipeline", "stage", count(*) AS "deals", sum("amount") AS "amount" FROM "hubspotDeal" GROUP BY "pipeline", "stage" ORDER BY "amount" DESC`,
    },
    {
      question: "Which companies have open deals, and when was last spoken with them?",
      sql: `SELECT c."name", count(DISTINCT d."dealId") AS "deals", (SELECT max(a."at") FROM "hubspotActivity" a, json_each(a."companies") o WHERE a."account" = c."account" AND o.value = c."companyId") AS "lastActivity" FROM "hubspotCompany" c, "hubspotDeal" d, json_each(d."companies") l WHERE d."account" = c."account" AND l.value = c."companyId" AND d."closed" = 0 GROUP BY c."account", c."companyId" ORDER BY "lastActivity" DESC LIMIT 50`,
    },
  ],
};
