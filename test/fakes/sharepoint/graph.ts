/** Microsoft Graph's answers: sites, drives, lists of changes, folders of others, pages, content by redirect. */
import type { Reply } from "../fake-server";
import type { Downloads } from "./downloads";
import {
  type FakeDrive,
  type FakeItem,
  type FakePage,
  type FakeSite,
  type SharePointWorld,
  topOf,
} from "./world";

interface GraphOptions {
  world: SharePointWorld;
  /** Tokens that count. */
  tokens: ReadonlySet<string>;
  downloads: Downloads;
  pageSize: number;
}

const json = (body: unknown): Reply => ({ status: 200, body });
const notFound = () => refusal(404, "itemNotFound", "The resource could not be found.");

export class Graph {
  refusing = false;
  /** Places in lists of changes that were given before are forgotten. */
  generation = 0;
  base = "";
  /** Ids of files whose content a rule of the library holds back. */
  readonly heldBack = new Set<string>();

  constructor(private readonly options: GraphOptions) {}

  answer(request: Request, url: URL): Reply {
    const token = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
    if (this.refusing || !this.options.tokens.has(token))
      return refusal(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.");
    const path = decodeURIComponent(url.pathname.replace("/v1.0/", ""));
    if (path === "me")
      return json({ id: "6c1f-user", userPrincipalName: "ana@contoso.example", displayName: "Ana Silva" });
    if (path === "me/drive") return json(this.driveJson(this.options.world.oneDrive));
    if (path === "sites") return this.sites(url);
    return path.startsWith("sites/") ? this.ofSite(path, url) : this.ofDrive(path, url);
  }

  leastRequests(): number {
    const { world, pageSize } = this.options;
    const pagesFor = (count: number) => Math.max(1, Math.ceil(count / pageSize));
    const sites = world.sites.filter(({ outOfSight }) => !outOfSight);
    // Everything that is listed and the top of each drive; then the content of files and pages.
    const listings = world
      .readDrives()
      .reduce((sum, drive) => sum + pagesFor(world.shown(drive).length + 1), 0);
    const pages = sites.reduce((sum, site) => sum + pagesFor(site.pages.size) + site.pages.size, 0);
    const read = world
      .readDrives()
      .flatMap((drive) => world.shown(drive).filter((one) => one.reads !== undefined));
    return pagesFor(sites.length) + sites.length + 1 + listings + pages + read.length;
  }

  leastForNothingNew(): number {
    const sites = this.options.world.sites.length;
    return 1 + sites + 1 + this.options.world.readDrives().length + sites;
  }

  private sites(url: URL): Reply {
    if (url.searchParams.get("search") !== "*" && !url.searchParams.has("$skiptoken"))
      return refusal(400, "invalidRequest", "search is needed");
    const { world } = this.options;
    const personal = {
      id: "contoso-my,1,2",
      displayName: "Ana",
      webUrl: "https://contoso-my.sharepoint.com/personal/ana",
    };
    const shown = world.sites
      .filter(({ outOfSight, unsearched }) => !outOfSight && !unsearched)
      .map((site) => siteJson(site));
    return this.paged([...shown, personal], url);
  }

  private ofSite(path: string, url: URL): Reply {
    const sites = this.options.world.sites.filter(({ outOfSight }) => !outOfSight);
    const [, address = "", rest = ""] =
      /^sites\/([^/:]+(?::\/[^:]*)?)(?:\/(drives|pages\/.*))?$/.exec(path) ?? [];
    const site = sites.find(
      (one) => one.id === address || one.url === `https://${address.replace(":/", "/")}`,
    );
    if (site === undefined) return refusal(404, "itemNotFound", "Requested site could not be found");
    if (rest === "") return json(siteJson(site));
    if (rest === "drives")
      return this.paged(
        site.drives.map((drive) => this.driveJson(drive)),
        url,
      );
    const [, id] = /^pages\/(?:([^/]+)\/)?microsoft\.graph\.sitePage$/.exec(rest) ?? [];
    if (id === undefined) return this.paged([...site.pages.values()].map(pageJson), url);
    const page = site.pages.get(id);
    if (page === undefined) return notFound();
    const canvasLayout = { horizontalSections: [{ columns: [{ webparts: webParts(page) }] }] };
    return json(
      url.searchParams.get("$expand") === "canvasLayout"
        ? { ...pageJson(page), canvasLayout }
        : pageJson(page),
    );
  }

  private ofDrive(path: string, url: URL): Reply {
    const { world } = this.options;
    const [, driveId = "", rest = ""] = /^drives\/([^/]+)\/(.*)$/.exec(path) ?? [];
    const drive = [...world.readDrives(), ...world.sites.flatMap(({ drives }) => drives), world.others].find(
      ({ id }) => id === driveId,
    );
    if (drive === undefined || drive.site?.outOfSight === true) return notFound();
    if (drive.refused !== undefined) return refusal(drive.refused, "accessDenied", "Access denied");
    if (rest === "root/delta")
      return drive === world.others ? refusal(403, "accessDenied", "Access denied") : this.delta(drive, url);
    const [, id = "", what] = /^items\/([^/]+)(?:\/(children|content))?$/.exec(rest) ?? [];
    const item = drive.items.get(id);
    if (item === undefined || item.deleted || item.outOfSight) return notFound();
    if (what === "children")
      return this.paged(
        world
          .shown(drive)
          .filter((one) => one.parentId === id)
          .map((one) => this.itemJson(one)),
        url,
      );
    return what === "content" ? this.content(item) : json(this.itemJson(item));
  }

  private content({ id, kind, content }: FakeItem): Reply {
    if (kind !== "file") return refusal(400, "notSupported", "Only files have content.");
    if (this.heldBack.has(id))
      return refusal(403, "accessDenied", "Access to the file's content is blocked by policy.");
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    return { status: 302, body: {}, headers: { location: this.options.downloads.addressOf(bytes) } };
  }

  /** Items in the order of their last change; deleted ones of those that were listed before alone. */
  private delta(drive: FakeDrive, url: URL): Reply {
    const { pageSize } = this.options;
    const token = url.searchParams.get("token");
    const [generation, begun, after] = (token ?? `${this.generation}.${drive.seq}.0`).split(".").map(Number);
    if (generation !== this.generation) return this.forgotten(drive);
    const isListing = begun !== -1;
    const told = [...drive.items.values()]
      .filter(({ seq }) => seq > (after ?? 0))
      .filter(({ deleted, seq }) => !(deleted && isListing && seq <= (begun ?? 0)))
      .filter(({ deleted, untold, outOfSight }) => !(deleted && untold) && !outOfSight)
      .sort((a, b) => a.seq - b.seq);
    const shown = told.slice(0, pageSize);
    const more = told.length > shown.length;
    const place = shown.at(-1)?.seq ?? after ?? 0;
    const next = more
      ? `${this.generation}.${begun}.${place}`
      : `${this.generation}.-1.${Math.max(place, drive.seq)}`;
    const link = `${this.base}/v1.0/drives/${drive.id}/root/delta?token=${next}`;
    const top = { id: topOf(drive), name: "root", root: {}, folder: { childCount: 1 } };
    // Folders above what changed come along, as they are.
    const above = isListing ? [] : shown.flatMap(({ parentId }) => drive.items.get(parentId) ?? []);
    const before = above.filter((one) => !shown.includes(one) && !one.deleted && !one.outOfSight);
    const entries = [...new Set([...before, ...shown])].map((item) => this.entry(item));
    return json({
      value: token === null ? [top, ...entries] : entries,
      [more ? "@odata.nextLink" : "@odata.deltaLink"]: link,
    });
  }

  private entry(item: FakeItem): Record<string, unknown> {
    if (!item.deleted) return this.itemJson(item);
    const facet = item.kind === "file" ? { file: {} } : { folder: {} };
    return {
      id: item.id,
      deleted: { state: "deleted" },
      parentReference: { driveId: item.drive.id },
      ...facet,
    };
  }

  private forgotten(drive: FakeDrive): Reply {
    const code =
      this.generation % 2 === 0 ? "resyncChangesApplyDifferences" : "resyncChangesUploadDifferences";
    const location = `${this.base}/v1.0/drives/${drive.id}/root/delta`;
    return { ...refusal(410, code, "Resync required. Replace any local items."), headers: { location } };
  }

  private itemJson(item: FakeItem): Record<string, unknown> {
    const { id, drive, name, parentId, kind, tag, target, content, more } = item;
    const facets = {
      file: { file: { mimeType: "text/plain", hashes: { quickXorHash: `hash-${id}-${tag}` } } },
      folder: { folder: { childCount: 1 } },
      notebook: { package: { type: "oneNote" }, folder: { childCount: 1 } },
      unknown: { hologram: {} },
      shortcut: { remoteItem: target && this.remoteJson(target) },
    };
    return {
      ...{ id, name, size: content.length, eTag: `"{${id}},${item.seq}"` },
      ...{ createdDateTime: item.created, lastModifiedDateTime: item.changed },
      createdBy: { user: { displayName: "Ana Silva", email: "ana@contoso.example" } },
      lastModifiedBy: { user: { displayName: item.editor } },
      webUrl: [driveUrl(drive), ...this.options.world.pathIn(item), name].map(encodePart).join("/"),
      parentReference: { driveId: drive.id, id: parentId, driveType: "documentLibrary" },
      ...facets[kind],
      ...more,
    };
  }

  private remoteJson({ id, kind, drive }: FakeItem) {
    const facet = kind === "folder" ? { folder: {} } : { file: {} };
    return { id, ...facet, parentReference: { driveId: drive.id } };
  }

  private driveJson({ id, name, site }: FakeDrive) {
    return {
      id,
      name,
      webUrl: driveUrl({ id, site }),
      driveType: site === undefined ? "business" : "documentLibrary",
    };
  }

  /** Pages by a `$skiptoken` that names the last entry, so that what leaves meanwhile shifts none. */
  private paged(entries: readonly Record<string, unknown>[], url: URL): Reply {
    const sorted = [...entries].sort((a, b) => (String(a["id"]) < String(b["id"]) ? -1 : 1));
    const after = url.searchParams.get("$skiptoken") ?? "";
    const rest = sorted.filter(({ id }) => String(id) > after);
    const value = rest.slice(0, this.options.pageSize);
    if (value.length === rest.length) return json({ value });
    const next = new URL(url.pathname, this.base);
    next.searchParams.set("$skiptoken", String(value.at(-1)?.["id"]));
    return json({ value, "@odata.nextLink": next.href });
  }
}

/** The address that a library was given first stays, whatever it is called. */
const driveUrl = ({ id, site }: Pick<FakeDrive, "id" | "site">) =>
  `${site?.url ?? "https://contoso-my.sharepoint.com/personal/ana"}/${encodeURIComponent(id)}`;
const encodePart = (part: string, index: number) => (index === 0 ? part : encodeURIComponent(part));
const siteJson = ({ id, name, url }: FakeSite) => ({ id, displayName: name, name, webUrl: url });

function pageJson({ id, title, tag, changed, level, site }: FakePage) {
  return {
    ...{ "@odata.type": "#microsoft.graph.sitePage", id, name: `${id}.aspx`, title },
    ...{ eTag: `"{${id}},${tag}"`, lastModifiedDateTime: changed, createdDateTime: "2026-01-05T08:00:00Z" },
    webUrl: `${site.url}/SitePages/${id}.aspx`,
    createdBy: { user: { displayName: "Ana Silva" } },
    lastModifiedBy: { user: { displayName: "Bo Lindqvist" } },
    publishingState: { level, versionId: `${tag}.0` },
    reactions: { likeCount: 2 },
  };
}

const webParts = ({ html, parts }: FakePage) => [
  { "@odata.type": "#microsoft.graph.textWebPart", innerHtml: html },
  ...parts,
  { "@odata.type": "#microsoft.graph.hologramWebPart", data: "tomorrow" },
];

export function refusal(status: number, code: string, message: string): Reply {
  const innerError = { date: "2026-05-01T10:00:00", "request-id": "7f1a", "client-request-id": "7f1a" };
  return { status, body: { error: { code, message, innerError } } };
}
