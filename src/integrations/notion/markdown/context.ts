/** What rendering needs to know of the world around a page, and what it notes for whoever reads on. */

export interface FoundLink {
  /** Without dashes, lower case. */
  id: string;
  kind: "page" | "database" | "dataSource";
  /** True where the page holds what is linked, and does not only speak of it. */
  contains: boolean;
}

export interface RenderContext {
  /** The page's address: stands in for files whose own address expires. */
  pageUrl: string;
  userName: (id: string) => string | undefined;
  title: (id: string) => string | undefined;
  /** Filled while rendering. */
  links: FoundLink[];
}

/** The id in an address, `user://…` or `collection://…` included; without dashes. Undefined when there is none. */
export function idIn(url: string): string | undefined {
  const path = url.replace(/[?#].*$/s, "");
  return /([0-9a-f]{32})$/i.exec(path.replaceAll("-", ""))?.[1]?.toLowerCase();
}

/** The id of a block that an address leads to: what follows its `#`, else the id of its path. */
export function blockIdIn(url: string): string | undefined {
  return idIn(/#(.+)$/s.exec(url)?.[1] ?? "") ?? idIn(url);
}

export function plainId(id: string): string {
  return id.replaceAll("-", "").toLowerCase();
}

/** Where a page, database or block is shown. */
export function pageAddress(id: string): string {
  return `https://app.notion.com/p/${plainId(id)}`;
}

/** Addresses that Notion signs and lets expire, or that lead nowhere outside of Notion. */
const expiring =
  /^(?:file:|attachment:|\{\{)|[?&](?:x-amz-|expirationtimestamp=)|\/\/(?:[^/]*\.)?(?:prod-files-secure|secure\.notion-static|file\.notion\.so)|notion-?static|^$/i;

/** An address that will still lead there tomorrow: Notion's own files by their page, the rest as it is. */
export function lastingUrl(url: string, context: RenderContext): string {
  if (expiring.test(url)) return context.pageUrl;
  const whole = url.startsWith("/") ? `https://app.notion.com${url}` : url;
  return /^(?:https?|mailto|tel):/i.test(whole) ? encodeForLink(whole) : context.pageUrl;
}

/** Brackets and blanks would end the link's target. */
export function encodeForLink(url: string): string {
  return url.replaceAll(/[\s()<>]/g, (character) =>
    encodeURIComponent(character).replace("(", "%28").replace(")", "%29"),
  );
}

/** The file's name at the end of an address; "" when it has none. */
export function fileName(url: string): string {
  const path = url.replace(/^attachment:[^:]*:/, "").replace(/[?#].*$/s, "");
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (!/^[^{}]+\.\w{1,8}$/.test(name)) return "";
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // A stray per cent sign; the name is good as it stands.
  }
}
