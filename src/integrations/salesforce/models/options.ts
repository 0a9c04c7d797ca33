import { z } from "zod";
import { listOption, yesNoOption } from "@/core/services/credentials/options";
import { assertHostSuffix } from "@/core/services/http/host-suffix";

export const paths = [
  "accounts",
  "contacts",
  "leads",
  "opportunities",
  "cases",
  "tasks",
  "events",
  "notes",
  "articles",
] as const;
export type Path = (typeof paths)[number];

/** Where Salesforce's own hosts are; those of customers stand below them. */
const HOSTS = ["salesforce.com", "salesforce.mil", "sfcrmproducts.cn"];
const NAMED: Readonly<Record<string, string>> = {
  "": "https://login.salesforce.com",
  production: "https://login.salesforce.com",
  sandbox: "https://test.salesforce.com",
};

/** An address of Salesforce, without path. @throws InputError for any other. */
export function forceAddress(given: string, field: string): string {
  return assertHostSuffix(given, HOSTS, field).origin;
}

/** Where people log in. @throws InputError for an address that is not Salesforce's. */
export function loginAddress(given: unknown): string {
  const said = typeof given === "string" ? given.trim() : "";
  return NAMED[said.toLowerCase()] ?? forceAddress(said, "options.login");
}

function isLogin(given: string): boolean {
  try {
    return loginAddress(given) !== "";
  } catch {
    return false;
  }
}

/** What a person may choose, and the address that Salesforce gave with the tokens. */
export const optionsSchema = z.object({
  login: z
    .string()
    .refine(isLogin, {
      error: "takes production, sandbox, or an address such as https://acme.my.salesforce.com",
    })
    .default("production"),
  objects: listOption
    .transform((given) => given.map((one) => one.toLowerCase()))
    .pipe(z.array(z.enum(paths, { error: `takes names out of ${paths.join(", ")}` })))
    .default([]),
  custom: listOption
    .refine((given) => given.every((one) => /^[A-Za-z]\w{0,76}__c$/.test(one)), {
      error: "takes API names of custom objects, such as Project__c",
    })
    .default([]),
  talk: yesNoOption.default(true),
  share: z.coerce
    .number({ error: "takes a number of per cent" })
    .min(1, { error: "takes at least 1" })
    .max(100, { error: "takes at most 100" })
    .default(90),
  instanceUrl: z.string().optional(),
});
export type ForceOptions = z.infer<typeof optionsSchema>;
