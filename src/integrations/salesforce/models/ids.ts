/** Ids of Salesforce: 15 characters, of which case matters, or those and 3 more that say which are capitals. */

const SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** The form of 18 characters, which tells records apart whoever compares them. */
export function longId(id: string): string {
  if (id.length !== 15) return id;
  const parts = [id.slice(0, 5), id.slice(5, 10), id.slice(10)];
  return id + parts.map((part) => SUFFIX[bitsOf(part)]).join("");
}

/** Bit n is set where the nth character is a capital. */
function bitsOf(part: string): number {
  return Array.from(part).reduce((bits, one, index) => (/[A-Z]/.test(one) ? bits | (1 << index) : bits), 0);
}

/** Organisation and user that an identity address names, such as `https://login.salesforce.com/id/00D…/005…`. */
export function identityOf(address: string): { organisation: string; user: string } | undefined {
  const [, organisation, user] = /\/id\/(00D\w{12,15})\/(005\w{12,15})$/.exec(address) ?? [];
  if (organisation === undefined || user === undefined) return undefined;
  return { organisation: longId(organisation), user: longId(user) };
}
