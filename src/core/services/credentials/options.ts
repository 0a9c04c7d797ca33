/** Settings of a source beside its key, as people write them into a form: lists, yes or no, days. */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import { InputError, PermanentError } from "@/core/models/errors";

/** Entries separated by commas or lines, or a list of them. */
export const listOption = z
  .union([z.string(), z.array(z.string())], { error: "takes entries separated by commas" })
  .transform((given) =>
    (typeof given === "string" ? given.split(/[,\n]/) : given)
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ""),
  );

/** `yes` or `no`. */
export const yesNoOption = z
  .union([z.string(), z.boolean()], { error: "takes yes or no" })
  .refine((given) => /^(?:yes|no|true|false)$/i.test(String(given)), { error: "takes yes or no" })
  .transform((given) => /^(?:yes|true)$/i.test(String(given)));

/** A day that is past, such as 2025-01-31. */
export const pastDayOption = z
  .string({ error: "takes a day such as 2025-01-31" })
  .refine((given) => /^\d{4}-\d{2}-\d{2}/.test(given) && !Number.isNaN(Date.parse(given)), {
    error: "takes a day such as 2025-01-31",
    abort: true,
  })
  .refine((given) => Date.parse(given) < Date.now(), { error: "takes a day that is past" });

/** The options of a form. @throws InputError naming every field at fault and what it takes. */
export function parseOptions<Output>(
  integration: string,
  schema: z.ZodType<Output>,
  options: unknown,
): Output {
  const parsed = schema.safeParse(options ?? {});
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map(({ path, message }) => ({
    field: ["options", ...path].join("."),
    message,
  }));
  const said = details.map(({ field, message }) => `${field} ${message}`).join("; ");
  throw new InputError(`${integration} cannot be connected like this: ${said}.`, details);
}

/** The options of a stored account. @throws PermanentError when they were stored without a check, or by another version. */
export function storedOptions<Output>(
  schema: z.ZodType<Output>,
  context: { integration: string; credential: { options: Record<string, JsonValue> } },
): Output {
  const parsed = schema.safeParse(context.credential.options);
  if (parsed.success) return parsed.data;
  throw new PermanentError(
    `The settings of this ${context.integration} account are wrong: ${z.prettifyError(parsed.error)}`,
    { action: "Connect the account again." },
  );
}
