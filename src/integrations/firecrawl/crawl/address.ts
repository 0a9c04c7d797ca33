/** The address of a page, so that one page is one artifact however it is linked. */

/** Fields of a query that say where a reader came from, not what they read. */
const tracking =
  /^(?:utm_\w+|mtm_\w+|pk_\w+|gclid|gclsrc|dclid|wbraid|gbraid|fbclid|msclkid|yclid|twclid|ttclid|igshid|li_fat_id|mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|__hs\w+|hsctatracking)$/i;

/** The address to open: without the place on the page and without tracking. Undefined for what is no web address. */
export function cleanAddress(address: string): URL | undefined {
  const url = URL.parse(address.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  url.hash = "";
  url.username = url.password = "";
  for (const name of [...url.searchParams.keys()]) if (tracking.test(name)) url.searchParams.delete(name);
  return url;
}

/** The name of a site, whichever of its two usual names was asked for. */
export function siteOf({ host }: URL): string {
  return host.replace(/^www\./, "");
}

/** What addresses of one page have in common: neither scheme, `www.`, a slash at the end nor the order of fields tells pages apart. */
export function pageKey(url: URL): string {
  const path = url.pathname.replace(/\/(?:index\.(?:html?|php))?$/i, "").replaceAll(/\/{2,}/g, "/");
  const fields = new URLSearchParams(url.searchParams);
  fields.sort();
  const query = fields.toString();
  return `${siteOf(url)}${path}${query === "" ? "" : `?${query}`}`;
}
