import { z } from "zod";
import { listOption, yesNoOption } from "@/core/services/credentials/options";

/** Where a browser may stand in a site: its own pages and lists say which site it is. */
const WITHIN = /\/(?:SitePages|Shared%20Documents|Shared Documents|Lists|Forms|_layouts|Pages)(?:\/.*)?$/i;

/** The address of a site, without what a browser shows behind it. */
export function siteLink(given: string): string | undefined {
  const url = URL.parse(given);
  if (url === null || url.protocol !== "https:" || url.username !== "") return undefined;
  return `${url.origin}${url.pathname.replace(WITHIN, "").replace(/\/+$/, "")}`;
}

/** A directory's id or one of its domains: nothing that could lead to another address. */
const TENANT =
  /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|organizations|(?:[\da-z-]{1,63}\.)+[a-z-]{2,63})$/i;

/** What a person may choose. */
export const sharepointOptionsSchema = z.object({
  tenant: z
    .string({ error: "takes the directory's id, or one of its domains" })
    .trim()
    .regex(TENANT, { error: "takes the directory's id, or one of its domains such as contoso.com" })
    .default("organizations"),
  sites: listOption
    .refine((given) => given.every((one) => siteLink(one) !== undefined), {
      error: "takes links to sites, such as https://contoso.sharepoint.com/sites/Finance",
    })
    .transform((given) => given.flatMap((one) => siteLink(one) ?? []))
    .default([]),
  libraries: listOption.default([]),
  oneDrive: yesNoOption.default(true),
  pages: yesNoOption.default(true),
  maxFileMb: z.coerce
    .number({ error: "takes a number of megabytes" })
    .positive({ error: "takes a number above 0" })
    .max(500, { error: "takes at most 500" })
    .default(20),
});
export type SharePointOptions = z.infer<typeof sharepointOptionsSchema>;

/** The directory that an account belongs to, before the settings as a whole were looked at. */
export function tenantOf({ tenant }: Readonly<Record<string, unknown>>): string {
  return sharepointOptionsSchema.shape.tenant.catch("organizations").parse(tenant || undefined);
}
