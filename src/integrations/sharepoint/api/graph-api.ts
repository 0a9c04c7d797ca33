/** The requests that are made of Microsoft Graph, v1.0. */
import type { z } from "zod";
import type { HttpClient } from "@/core/models/http";
import type { IntegrationServices } from "@/core/models/models";
import {
  driveItemSchema,
  driveSchema,
  ITEM_FIELDS,
  meSchema,
  pageContentSchema,
  siteSchema,
} from "../models/models";
import { createReader, VERSION } from "./graph-reader";

const SITE_FIELDS = "id,displayName,name,webUrl";
const DRIVE_FIELDS = "id,name,webUrl";

export type GraphApi = ReturnType<typeof createGraphApi>;

export function createGraphApi(
  http: HttpClient,
  services: Pick<IntegrationServices, "apiUrl">,
  signal: AbortSignal,
) {
  const { base, get, page, listed } = createReader(http, services, signal);
  const drive = (id: string) => `${VERSION}drives/${encodeURIComponent(id)}`;
  const item = (driveId: string, id: string) => `${drive(driveId)}/items/${encodeURIComponent(id)}`;
  const site = (id: string) => `${VERSION}sites/${encodeURIComponent(id)}`;
  return {
    me: () => get(`${VERSION}me`, { $select: "id,userPrincipalName,displayName" }, meSchema),
    /** Sites that the account can see, its own and others' OneDrives among them. */
    sites: () => listed(`${VERSION}sites`, { search: "*", $select: SITE_FIELDS }, siteSchema),
    /** @throws MissingError where there is none, ForbiddenError where it is not ours to see. */
    site: (id: string) => get(site(id), { $select: SITE_FIELDS }, siteSchema),
    siteAt: ({ hostname, pathname }: URL) => {
      const place = pathname === "/" ? hostname : `${hostname}:${pathname}`;
      return get(`${VERSION}sites/${place}`, { $select: SITE_FIELDS }, siteSchema);
    },
    drivesOf: (siteId: string) => listed(`${site(siteId)}/drives`, { $select: DRIVE_FIELDS }, driveSchema),
    /** @throws MissingError where the account has no OneDrive. */
    ownDrive: () => get(`${VERSION}me/drive`, { $select: DRIVE_FIELDS }, driveSchema),
    /** A drive's items, or what changed of them. @param at null for everything from the start. */
    changes: (driveId: string, at: string | null) =>
      page(at ?? `${drive(driveId)}/root/delta`, at === null ? { $select: ITEM_FIELDS } : {}),
    item: (driveId: string, id: string) => get(item(driveId, id), { $select: ITEM_FIELDS }, driveItemSchema),
    children: (driveId: string, id: string) =>
      listed(`${item(driveId, id)}/children`, { $select: ITEM_FIELDS }, driveItemSchema),
    /** Microsoft sends to another host with a pre-authorised address; the client takes no token there. */
    download: async (driveId: string, id: string, maxBytes: number) =>
      (await http.request({ url: `${base}${item(driveId, id)}/content`, expect: "bytes", maxBytes, signal }))
        .data,
    pages: <Page>(siteId: string, schema: z.ZodType<Page>, start: string | null) =>
      listed(`${site(siteId)}/pages/microsoft.graph.sitePage`, {}, schema, start),
    page: (siteId: string, id: string) =>
      get(
        `${site(siteId)}/pages/${encodeURIComponent(id)}/microsoft.graph.sitePage`,
        { $expand: "canvasLayout" },
        pageContentSchema,
      ),
  };
}
