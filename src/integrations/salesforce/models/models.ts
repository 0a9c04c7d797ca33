/** What Salesforce answers, as far as it is used: ids are needed, everything else may change. */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";
import { longId } from "./ids";

const text = looseValue(z.string());

/** A record of any object, with records that it refers to as objects within. */
export const recordSchema = z.looseObject({
  Id: z
    .string()
    .regex(/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/)
    .transform(longId),
});
export type ForceRecord = z.infer<typeof recordSchema>;

export const pageSchema = z.looseObject({
  records: z.array(z.unknown()),
  done: z.boolean(),
  totalSize: looseValue(z.number()),
});

/** A field that the account may see, as an object's description tells it. */
export const fieldSchema = z.looseObject({
  name: z.string(),
  label: text,
  type: text,
  custom: looseValue(z.boolean()),
  /** Of a text area whether it holds HTML. */
  htmlFormatted: looseValue(z.boolean()),
  relationshipName: text,
  referenceTo: looseList(z.string()),
});
export type Field = z.infer<typeof fieldSchema>;

export const describeSchema = z.looseObject({ label: text, fields: z.array(z.unknown()) });

export const objectSchema = z.looseObject({
  name: z.string(),
  label: text,
  queryable: looseValue(z.boolean()),
  custom: looseValue(z.boolean()),
  customSetting: looseValue(z.boolean()),
});
export type ForceObject = z.infer<typeof objectSchema>;
/** An account that sees nothing at all sees an answer of another kind. */
export const objectsSchema = z.looseObject({ sobjects: z.array(z.unknown()).min(1) });

/** The resources of the API: `identity` names organisation and user. */
export const resourcesSchema = z.looseObject({ identity: z.string() });

export const refusalSchema = z.array(z.looseObject({ errorCode: z.string(), message: text })).min(1);
