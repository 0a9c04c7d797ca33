import { plainLine } from "@/lib/clean-text";
import type { Call, Party } from "../models/models";
import type { Names } from "../sync-steps/directory";

/** A participant as shown. */
export interface Person {
  party: Party;
  name: string;
  /** Where they work, as far as it can be told; undefined for the company's own people. */
  company: string | undefined;
}

/** Mail providers of private people say nothing of a company. */
const FREE_MAIL =
  /^(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|aol|gmx|web|proton|protonmail|mail)\./i;

/** The participants in Gong's order. Who has no name anywhere is numbered. */
export function peopleOf({ parties }: Call, names: Pick<Names, "users">): Person[] {
  let nameless = 0;
  return parties.map((party) => ({
    party,
    name:
      plainLine(party.name ?? "", 120) ||
      names.users.get(party.userId ?? "") ||
      plainLine(party.emailAddress ?? "", 120) ||
      `Speaker ${++nameless}`,
    company: companyOf(party),
  }));
}

function companyOf({ affiliation, emailAddress }: Party): string | undefined {
  if (affiliation === "Internal") return undefined;
  const domain = /@([a-z0-9.-]+\.[a-z]{2,})$/i.exec(emailAddress ?? "")?.[1];
  return domain === undefined || FREE_MAIL.test(domain) ? undefined : domain.toLowerCase();
}

/** What stands behind a speaker's name: `internal`, a company's domain, or `external`; "" when nothing is known. */
export function sideOf({ party, company }: Person): string {
  if (party.affiliation === "Internal") return "internal";
  return company ?? (party.affiliation === "External" ? "external" : "");
}

/** Who took part, not merely invited. Where Gong does not say, everyone who is listed. */
export function attended({ methods, speakerId }: Party): boolean {
  return methods.length === 0 || methods.includes("Attendee") || (speakerId ?? "") !== "";
}
