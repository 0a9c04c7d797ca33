import { z } from "zod";
import { listOption } from "@/core/services/credentials/options";

/** A folder's id, or the link that a browser shows for it. */
const folderId = (given: string) =>
  /^[\w-]{10,}$/.exec(given)?.[0] ?? /\/folders\/([\w-]{10,})/.exec(given)?.[1];

/** What a person may choose. */
export const driveOptionsSchema = z.object({
  folders: listOption
    .refine((given) => given.every((one) => folderId(one) !== undefined), {
      error: "takes links to folders, such as https://drive.google.com/drive/folders/1AbC…",
    })
    .transform((given) => given.flatMap((one) => folderId(one) ?? []))
    .default([]),
  maxFileMb: z.coerce
    .number({ error: "takes a number of megabytes" })
    .positive({ error: "takes a number above 0" })
    .max(500, { error: "takes at most 500" })
    .default(20),
});
export type DriveOptions = z.infer<typeof driveOptionsSchema>;
