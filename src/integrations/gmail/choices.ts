/** Labels of an account, to choose from: people's own first. */
import type { IntegrationContext, OptionChoice, OptionChoices } from "@/core/models/models";
import { createGmailApi } from "./api/gmail-api";
import { gmailHttp } from "./api/gmail-http";
import { choosable } from "./models/labels";

export const gmailChoices: OptionChoices = { labels, leaveOut: labels };

async function* labels(context: IntegrationContext): AsyncGenerator<OptionChoice> {
  const api = createGmailApi(context.http(gmailHttp(context.auth)), context, context.signal);
  const known = choosable(await api.labels()).sort((a, b) => Number(b.own) - Number(a.own));
  for (const { id, name, own } of known) yield { id, name, hint: own ? undefined : "Gmail's own" };
}
