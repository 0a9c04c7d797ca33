/** What Gmail's API v1 answers, as far as it is used: ids are needed, everything else may change. */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";

const text = looseValue(z.string());
const id = z.string().min(1);
/** Up to 20 digits, so it is text. */
const change = z.string().regex(/^\d+$/);

export const profileSchema = z.looseObject({ emailAddress: z.string(), historyId: change });

export const labelSchema = z.looseObject({ id, name: z.string().catch(""), type: text });
export type Label = z.infer<typeof labelSchema>;
export const labelsSchema = z.looseObject({ labels: z.array(labelSchema) });

/** `historyId` is that of the last change of the thread. */
const listedSchema = z.looseObject({ id, historyId: change });
/** Gmail leaves lists out that are empty; an answer with neither a list nor a count is none. */
export const threadsSchema = z
  .looseObject({
    threads: z.array(listedSchema).optional(),
    nextPageToken: text,
    resultSizeEstimate: looseValue(z.number()),
  })
  .refine(
    ({ threads, resultSizeEstimate }) => threads !== undefined || typeof resultSizeEstimate === "number",
    {
      path: ["threads"],
      error: "is needed where no count says that there are none",
    },
  );

export const attachmentSchema = z.looseObject({ data: z.string() });

const partShape = {
  mimeType: text,
  filename: text,
  headers: looseList(z.looseObject({ name: z.string(), value: z.string() })),
  body: looseValue(z.looseObject({ attachmentId: text, size: looseValue(z.number()), data: text })),
};
/** A part of a message, and the parts in it. */
export type Part = z.infer<z.ZodObject<typeof partShape>> & { parts: Part[] };
export const partSchema: z.ZodType<Part> = z.lazy(() =>
  z.object({ ...partShape, parts: looseList(partSchema) }),
);

export const messageSchema = z.looseObject({
  id,
  labelIds: looseList(z.string()),
  /** Milliseconds since 1970, as text. */
  internalDate: text,
  payload: partSchema,
});
export type Message = z.infer<typeof messageSchema>;
export const threadSchema = z.looseObject({ id, historyId: change, messages: z.array(messageSchema) });
export type Thread = z.infer<typeof threadSchema>;

const changed = looseList(
  z.looseObject({ message: z.looseObject({ threadId: id }), labelIds: looseList(z.string()) }),
);
/** One record of the list of changes; each kind of change has a list of its own in it. */
const changeSchema = z.looseObject({
  id: change,
  messagesAdded: changed,
  messagesDeleted: changed,
  labelsAdded: changed,
  labelsRemoved: changed,
});
export type Change = z.infer<typeof changeSchema>;
export const historySchema = z.looseObject({
  history: z.array(changeSchema).default([]),
  nextPageToken: text,
  historyId: change,
});
