/** What Microsoft Graph answers, as far as it is asked for: ids are needed, everything else may change. */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";

const text = looseValue(z.string());
const facet = looseValue(z.looseObject({}));
const person = looseValue(
  z.looseObject({ user: looseValue(z.looseObject({ displayName: text, email: text })) }),
);
export type Person = z.infer<typeof person>;

/** A page of any listing; the last one of a list of changes says where the next one begins. */
export const pageSchema = z.looseObject({
  value: z.array(z.unknown()),
  "@odata.nextLink": text,
  "@odata.deltaLink": text,
});

export const meSchema = z.looseObject({ id: z.string(), userPrincipalName: text, displayName: text });

export const siteSchema = z.looseObject({
  id: z.string().min(1),
  displayName: text,
  name: text,
  webUrl: z.string(),
});
export type Site = z.infer<typeof siteSchema>;

export const driveSchema = z.looseObject({ id: z.string().min(1), name: text, webUrl: text });
export type Drive = z.infer<typeof driveSchema>;

const placeSchema = looseValue(z.looseObject({ id: text, driveId: text }));

export const driveItemSchema = z.looseObject({
  id: z.string().min(1),
  /** Missing where it was deleted. */
  name: text,
  webUrl: text,
  eTag: text,
  size: looseValue(z.number()),
  description: text,
  createdDateTime: text,
  lastModifiedDateTime: text,
  createdBy: person,
  lastModifiedBy: person,
  parentReference: placeSchema,
  file: looseValue(z.looseObject({ mimeType: text, hashes: looseValue(z.record(z.string(), z.unknown())) })),
  folder: facet,
  package: looseValue(z.looseObject({ type: text })),
  root: facet,
  deleted: facet,
  malware: facet,
  remoteItem: looseValue(
    z.looseObject({ id: text, folder: facet, file: facet, parentReference: placeSchema }),
  ),
});
export type DriveItem = z.infer<typeof driveItemSchema>;

/** What is asked for of an item. */
export const ITEM_FIELDS =
  "id,name,webUrl,eTag,size,description,createdDateTime,lastModifiedDateTime,createdBy,lastModifiedBy," +
  "parentReference,file,folder,package,root,deleted,malware,remoteItem";

export const sitePageSchema = z.looseObject({
  id: z.string().min(1),
  name: text,
  title: text,
  description: text,
  webUrl: text,
  eTag: text,
  createdDateTime: text,
  lastModifiedDateTime: text,
  createdBy: person,
  lastModifiedBy: person,
  publishingState: looseValue(z.looseObject({ level: text, versionId: text })),
});
export type SitePage = z.infer<typeof sitePageSchema>;

const webPart = z.looseObject({
  innerHtml: text,
  data: looseValue(
    z.looseObject({
      title: text,
      serverProcessedContent: looseValue(
        z.looseObject({
          htmlStrings: looseList(z.looseObject({ key: text, value: text })),
          searchablePlainTexts: looseList(z.looseObject({ key: text, value: text })),
          links: looseList(z.looseObject({ key: text, value: text })),
        }),
      ),
    }),
  ),
});
export type WebPart = z.infer<typeof webPart>;
const column = z.looseObject({ webparts: looseList(webPart) });

/** A page with what stands on it: needed, so that an answer of another kind is no empty page. */
export const pageContentSchema = z.looseObject({
  id: z.string().min(1),
  titleArea: looseValue(z.looseObject({ textAboveTitle: text })),
  canvasLayout: z.looseObject({
    horizontalSections: looseList(z.looseObject({ columns: looseList(column) })),
    verticalSection: looseValue(column),
  }),
});
export type PageContent = z.infer<typeof pageContentSchema>;

export const nameOf = (who: Person): string | undefined =>
  who?.user?.displayName ?? who?.user?.email ?? undefined;
