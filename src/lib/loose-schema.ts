/** Schemas for what a source may leave out or change one day, without which its items are still worth having. */
import { z } from "zod";

/** A part that may be missing or take another shape one day: then it counts as not given. */
export const looseValue = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().catch(undefined);
/** A list of which the entries that fit are kept; anything else counts as empty. */
export const looseList = <Schema extends z.ZodType>(item: Schema) =>
  z
    .array(z.unknown())
    .nullish()
    .catch(undefined)
    .transform((values) =>
      (values ?? []).flatMap((value) => {
        const parsed = item.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      }),
    );
