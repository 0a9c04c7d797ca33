/** What a person may choose beside the key. */
import { z } from "zod";
import { listOption, yesNoOption } from "@/core/services/credentials/options";

export const parts = ["help centre", "tickets"] as const;
export type Part = (typeof parts)[number];

/** As people write it, in American too. */
const partNamed = (name: string) => name.toLowerCase().replace("help center", "help centre");

export const optionsSchema = z.object({
  /** An account that was connected before tickets could be read has no choice stored: it keeps what it has. */
  read: listOption
    .transform((given) => given.map(partNamed))
    .pipe(z.array(z.enum(parts, { error: `takes ${parts.join(", ")}` })))
    .default(["help centre"]),
  notes: yesNoOption.default(false),
});
export type Options = z.infer<typeof optionsSchema>;
