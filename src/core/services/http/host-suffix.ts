import { InputError } from "@/core/models/errors";
import { bareHost } from "./ssrf-guard";

/**
 * Makes sure that an address a person gave belongs to its vendor, before a credential is sent there: https, no user
 * name, no escapes in the host, and the host is one of `suffixes` or below one. Without `https://` it is taken as if it
 * were there; a path is kept.
 *
 * @param field Name of the field at fault, for the form. Default `baseUrl`.
 * @throws InputError naming the field.
 */
export function assertHostSuffix(address: string, suffixes: readonly string[], field = "baseUrl"): URL {
  const refuse = (message: string) =>
    new InputError(`The address is not usable: ${message}`, [{ field, message }]);
  const trimmed = address.trim();
  const full = /^https?:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
  const url = URL.parse(full);
  const host = url === null ? "" : bareHost(url);
  const fits = suffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`));
  // The vendor's own host is nobody's account: an address that somebody could have begins with a name.
  const example = `Give one such as https://${fits ? host : `acme.${suffixes[0] ?? "example.com"}`}.`;
  if (url === null) throw refuse(`it is not a web address. ${example}`);
  if (url.protocol !== "https:") throw refuse(`it does not start with https://. ${example}`);
  const authority = /^[a-z]+:[\\/]*([^/?#]*)/i.exec(full)?.[1] ?? "";
  if (/[@%\\]/.test(authority)) throw refuse(`its host has characters that do not belong there. ${example}`);
  if (url.port !== "") throw refuse(`it names a port. ${example}`);
  if (fits) return url;
  throw refuse(`${host} is not part of ${suffixes.join(" or ")}. ${example}`);
}
