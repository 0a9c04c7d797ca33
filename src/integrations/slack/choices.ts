/** Channels of a Slack workspace, to choose from: those that are read first of each page. */
import { z } from "zod";
import type { IntegrationContext, OptionChoice, OptionChoices } from "@/core/models/models";
import { cursorPages } from "@/core/services/http/pagination";
import { authOf } from "./auth";
import { channelSchema, metadataSchema } from "./models/api";
import { createCall } from "./web-api";

const pageSchema = z.looseObject({ channels: z.array(channelSchema), response_metadata: metadataSchema });
const form = { limit: 500, types: "public_channel,private_channel", exclude_archived: "true" };

export const slackChoices: OptionChoices = { channels, exclude: channels };

async function* channels(context: IntegrationContext): AsyncGenerator<OptionChoice> {
  const call = createCall({ auth: authOf(context), services: context, signal: context.signal });
  const fetch = async (cursor: string | null) => {
    const page = await call("conversations.list", pageSchema, { ...form, cursor: cursor ?? undefined });
    return { items: page.channels, next: page.response_metadata?.next_cursor };
  };
  for await (const { items } of cursorPages({ start: null, fetch }))
    for (const { id, name, is_member: isMember } of items)
      yield { id, name: name ?? id, hint: isMember ? undefined : "the app is not in it" };
}
