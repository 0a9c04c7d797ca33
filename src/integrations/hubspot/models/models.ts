/** What HubSpot answers, as far as it is used: ids are needed, everything else may change. */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";

const text = looseValue(z.string());
const id = z.union([z.string().min(1), z.number().transform(String)]);

/** A record of any kind, as it is listed, searched and associated. */
export const recordSchema = z.object({
  id: z.string().min(1),
  properties: z.record(z.string(), text).catch({}),
  createdAt: text,
  updatedAt: text,
  associations: looseValue(
    z.record(z.string(), z.looseObject({ results: looseList(z.looseObject({ id })) })),
  ),
});
export type CrmRecord = z.infer<typeof recordSchema>;

export const pageSchema = z.looseObject({
  results: z.array(z.unknown()),
  total: looseValue(z.number()),
  paging: looseValue(z.looseObject({ next: looseValue(z.looseObject({ after: text })) })),
});

/** Answer to a batch: records without any association are among its errors, which say nothing that matters. */
export const associationsSchema = z.looseObject({
  results: z.array(
    z.looseObject({ from: z.looseObject({ id }), to: looseList(z.looseObject({ toObjectId: id })) }),
  ),
});

export const accountSchema = z.looseObject({ portalId: id, uiDomain: text });
export const ownerSchema = z.looseObject({ id, firstName: text, lastName: text, email: text });
export const pipelinesSchema = z.looseObject({
  results: looseList(
    z.looseObject({
      id,
      label: text,
      stages: looseList(
        z.looseObject({ id, label: text, metadata: looseValue(z.record(z.string(), z.unknown())) }),
      ),
    }),
  ),
});

/** A property that takes one of some values. */
export const choiceSchema = z.looseObject({
  options: looseList(z.looseObject({ value: z.string(), label: text })),
});

/** Of a thread of the inbox. */
export const messageSchema = z.object({
  id,
  type: text,
  archived: looseValue(z.boolean()),
  createdAt: text,
  senders: looseList(z.object({ name: text, deliveryIdentifier: looseValue(z.object({ value: text })) })),
  /** HTML. */
  richText: text,
  text,
  attachments: looseList(z.object({ name: text })),
});
export type Message = z.infer<typeof messageSchema>;

/** How HubSpot words a refusal. */
export const refusalSchema = z.looseObject({
  category: text,
  policyName: text,
  errors: looseList(z.looseObject({ context: looseValue(z.record(z.string(), looseList(z.string()))) })),
});
