/** What Zendesk answers of tickets, as far as it is used: ids are needed, everything else may change. */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";

const id = z.number().transform(String);
const text = looseValue(z.string());
const namedSchema = z.object({ id, name: text });

export const ticketSchema = z.object({
  id,
  subject: text,
  /** new, open, pending, hold, solved, closed; deleted where it lies in the bin or is gone for good. */
  status: text,
  priority: text,
  type: text,
  tags: looseList(z.string()),
  via: looseValue(
    z.object({
      channel: text,
      source: looseValue(z.object({ rel: text, from: looseValue(z.object({ ticket_id: looseValue(id) })) })),
    }),
  ),
  requester_id: looseValue(id),
  assignee_id: looseValue(id),
  group_id: looseValue(id),
  organization_id: looseValue(id),
  problem_id: looseValue(id),
  custom_fields: looseList(z.object({ id, value: z.unknown() })),
  satisfaction_rating: looseValue(z.object({ score: text, comment: text })),
  created_at: text,
  updated_at: text,
  /** Seconds; moves with whatever happens to a ticket, which `updated_at` does not. */
  generated_timestamp: looseValue(z.number()),
});
export type Ticket = z.infer<typeof ticketSchema>;

/** Tickets with the names of whom and what they name by id. */
export const ticketPageSchema = z.looseObject({
  tickets: z.array(z.unknown()),
  users: looseList(namedSchema),
  groups: looseList(namedSchema),
  organizations: looseList(namedSchema),
});
export type TicketPage = z.infer<typeof ticketPageSchema>;

/** The end of what changed until a minute ago. The cursor stays good for what changes later. */
export const exportSchema = ticketPageSchema.extend({ after_cursor: text, end_of_stream: z.boolean() });

const metaSchema = looseValue(z.object({ has_more: looseValue(z.boolean()), after_cursor: text }));

export const commentSchema = z.object({
  id,
  author_id: looseValue(id),
  html_body: text,
  plain_body: text,
  /** Whoever asked sees it; else it is a note among those who answer. */
  public: looseValue(z.boolean()),
  created_at: text,
  attachments: looseList(z.object({ file_name: text, size: looseValue(z.number()) })),
});
export type Comment = z.infer<typeof commentSchema>;

export const commentPageSchema = z.looseObject({
  comments: z.array(z.unknown()),
  users: looseList(namedSchema),
  meta: metaSchema,
});

export const fieldSchema = z.object({
  id,
  title: text,
  type: text,
  /** Of a drop-down: what people see for each value. */
  custom_field_options: looseList(z.object({ name: z.string(), value: z.string() })),
});
export type Field = z.infer<typeof fieldSchema>;

export const fieldPageSchema = z.looseObject({ ticket_fields: looseList(fieldSchema), meta: metaSchema });

export const nextIn = ({ meta }: { meta?: z.infer<typeof metaSchema> }) =>
  meta?.has_more === true ? meta.after_cursor : undefined;
