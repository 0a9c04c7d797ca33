/** Settings of a source beside its key, as people write them into a form: lists, yes or no, days. */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import { type InputIssue, PermanentError } from "@/core/models/errors";
import type { IntegrationConfig } from "@/core/models/integration-config";
import { inWords } from "./fields";

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

/** What is wrong with the options of a form, said once of each; nothing where all can be taken. */
export function optionIssues(schema: z.ZodType, options: unknown): InputIssue[] {
  const issues = schema.safeParse(options ?? {}).error?.issues ?? [];
  const byField = new Map<string, InputIssue>();
  for (const { path, message } of issues) {
    const field = `options.${String(path[0] ?? "")}`;
    if (!byField.has(field)) byField.set(field, { field, message });
  }
  return [...byField.values()];
}

/** The options of a stored account. @throws PermanentError when they were stored without a check, or by another version. */
export function storedOptions<Output>(
  config: IntegrationConfig,
  schema: z.ZodType<Output>,
  options: Readonly<Record<string, JsonValue>>,
): Output {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const said = inWords(config, optionIssues(schema, options));
  throw new PermanentError(`The settings of this ${config.integration} account are wrong: ${said}.`, {
    action: "Change them on the source's page, or connect the account again.",
  });
}
