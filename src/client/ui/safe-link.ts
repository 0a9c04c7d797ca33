/** Whether an address may be a link out of this page: http and https only, so no script and no local file. */
export function isWebLink(href: string | null | undefined): href is string {
  if (href === null || href === undefined) return false;
  try {
    const { protocol } = new URL(href);
    return protocol === "https:" || protocol === "http:";
  } catch {
    return false;
  }
}
