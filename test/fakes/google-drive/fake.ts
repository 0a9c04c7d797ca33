import type { FakeSource, StartFake } from "../fake";
import { FakeServer, type Reply } from "../fake-server";
import { GoogleConsent, json, refusal } from "../google-consent";
import { driveHappenings } from "./happenings";
import { type FakeFile, DriveWorld, OWN } from "./world";

export interface DriveFake extends FakeSource {
  world: DriveWorld;
  /** Token requests so far, by their kind of grant. */
  grants: string[];
}

const MOST_EXPORTED = 10 * 1024 * 1024;

/** Google Drive with the consent that leads to it, on one address. */
export async function startDrive({
  seed,
  items,
  clock,
  pageSize,
}: Parameters<StartFake>[0]): Promise<DriveFake> {
  const world = new DriveWorld(seed, clock);
  world.happenings = driveHappenings(world, world.random);
  const consent = new GoogleConsent("drive.readonly");
  const drive = new Provider(world, consent, pageSize ?? (items > 200 ? 1_000 : 5));
  for (let index = 0; index < items; index++) world.create();
  const server = new FakeServer({
    clock,
    answer: (request, url) => drive.answer(request, url),
    limited: () => refusal(403, "userRateLimitExceeded", "User Rate Limit Exceeded", "usageLimits"),
    failed: () => refusal(500, "backendError", "Internal Error"),
    broken: (reply) => (reply.body instanceof Uint8Array ? reply : json({ kind: "drive#nothing" })),
  });
  server.spared = ({ pathname }) => pathname === "/token";
  const faults = server.faults();
  return {
    integration: "Google Drive",
    apiUrls: consent.apiUrls("google-drive", server.url),
    credential: { integration: "Google Drive", ...consent.credential },
    secrets: consent.secrets,
    world,
    grants: consent.grants,
    faults: {
      ...faults,
      refuseCredential: () => void (consent.refusing = true),
      expireToken: () => void consent.generation++,
      expireCursors: () => void drive.tokensFrom++,
      heal: () => {
        faults.heal();
        consent.refusing = false;
      },
    },
    requests: () => server.log.filter(({ path }) => path.startsWith("/drive/")),
    // Where changes start, here and in each shared drive, shared drives, folders, pages of files, and each one's content.
    leastRequests: () => {
      const files = world.listed().filter(({ mimeType }) => !mimeType.endsWith(".folder"));
      const read = files.filter(({ reads }) => reads !== undefined).length;
      return 3 + world.drives.size + Math.max(1, Math.ceil(files.length / drive.pageSize)) + read;
    },
    consent: (address) => Promise.resolve(consent.consent(address)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const startFake: StartFake = startDrive;

class Provider {
  /** Page tokens of earlier generations are forgotten. */
  tokensFrom = 0;

  constructor(
    private readonly world: DriveWorld,
    private readonly consent: GoogleConsent,
    readonly pageSize: number,
  ) {}

  async answer(request: Request, url: URL): Promise<Reply> {
    return (await this.consent.answer(request, url)) ?? this.api(request, url);
  }

  private api(request: Request, { pathname, searchParams }: URL): Reply {
    if (!this.consent.admits(request))
      return refusal(401, "authError", "Request had invalid authentication credentials.");
    const query = (name: string) => searchParams.get(name) ?? "";
    if (pathname === "/drive/v3/about")
      return json({
        user: { displayName: "Ana Silva", emailAddress: "ana@harbour.example", permissionId: "0815" },
      });
    const driveId = query("driveId");
    if (driveId !== "" && !this.world.drives.has(driveId))
      return refusal(404, "notFound", `Shared drive not found: ${driveId}`, "global", "driveId");
    if (pathname === "/drive/v3/changes/startPageToken")
      return json({ startPageToken: this.mark(this.world.changes.length) });
    if (pathname === "/drive/v3/drives")
      return json({ drives: [...this.world.drives].map(([id, name]) => ({ id, name })) });
    const everywhere = query("supportsAllDrives") === "true" && query("includeItemsFromAllDrives") === "true";
    if (pathname === "/drive/v3/files") {
      if ((query("corpora") === "drive") !== (driveId !== ""))
        return refusal(403, "teamDrivesParentLimit", "The driveId parameter goes with corpora=drive.");
      return this.files(query("q"), query("pageToken"), everywhere && query("corpora") !== "", driveId);
    }
    if (pathname === "/drive/v3/changes")
      return this.changes(query("pageToken"), everywhere, query("includeCorpusRemovals") === "true", driveId);
    return this.one(pathname, searchParams);
  }

  private files(q: string, pageToken: string, everywhere: boolean, driveId: string): Reply {
    const asked = /^(?:\((.+)\) and )?(?:mimeType (=|!=) '([^']+)' and )?trashed = false$/.exec(q);
    const within = asked?.[1]?.split(" or ").map((one) => /^'([\w-]+)' in parents$/.exec(one)?.[1]);
    if (asked === null || within?.includes(undefined) === true)
      return refusal(400, "invalid", "Invalid Value", "global", "q");
    const from = this.place(pageToken);
    if (from === undefined) return badToken();
    const found = this.world
      .listed()
      .filter(({ mimeType }) => asked[3] === undefined || (mimeType === asked[3]) === (asked[2] === "="))
      .filter((file) => driveId === "" || file["driveId"] === driveId)
      .filter(({ parents }) => within === undefined || within.includes(parents[0]))
      .filter((file) => everywhere || file["driveId"] === undefined)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const partly = this.world.searchesPartly(q);
    const rest = found.filter((file) => file.id > from && !(partly && file["driveId"] !== undefined));
    const shown = rest.slice(0, this.pageSize);
    const next = rest.length > shown.length ? { nextPageToken: this.mark(shown.at(-1)?.id ?? "") } : {};
    return json({
      kind: "drive#fileList",
      incompleteSearch: partly,
      ...next,
      files: shown.map((file) => this.shown(file)),
    });
  }

  /** What others do in a shared drive is told by the drive's list alone. */
  private changes(pageToken: string, everywhere: boolean, corpusRemovals: boolean, driveId: string): Reply {
    const place = this.place(pageToken);
    if (place === undefined || place === "") return badToken();
    const from = Number(place);
    const shown = this.world.changes.slice(from, from + this.pageSize);
    const changes = shown.flatMap(({ log, ...change }) => {
      const file = this.world.files.get(String(change["fileId"]));
      if (log !== (driveId || OWN) || (!everywhere && driveId !== "")) return [];
      const removed = change["removed"] === true;
      if (change["changeType"] === "file" && !removed && file === undefined) return [];
      const told = file === undefined || (removed && !corpusRemovals) ? {} : { file: this.shown(file) };
      return [{ kind: "drive#change", ...change, ...told }];
    });
    const end = from + shown.length;
    const more = end < this.world.changes.length;
    return json({
      changes,
      ...(more ? { nextPageToken: this.mark(end) } : { newStartPageToken: this.mark(end) }),
    });
  }

  private one(pathname: string, query: URLSearchParams): Reply {
    const [, id = "", exporting] = /^\/drive\/v3\/files\/([^/]+)(\/export)?$/.exec(pathname) ?? [];
    const file = this.world.files.get(id);
    if (
      file === undefined ||
      (file["driveId"] !== undefined && query.get("supportsAllDrives") !== "true" && exporting === undefined)
    )
      return refusal(404, "notFound", `File not found: ${id}.`, "global", "fileId");
    const google = file.mimeType.startsWith("application/vnd.google-apps.");
    if (exporting !== undefined) {
      if (!google) return refusal(403, "fileNotExportable", "Export only supports Docs Editors files.");
      return this.exported(file, query.get("mimeType") ?? "");
    }
    if (query.get("alt") !== "media") return json(this.shown(file));
    if (google)
      return refusal(403, "fileNotDownloadable", "Only files with binary content can be downloaded.");
    if (this.world.fetchedTooOften.has(id))
      return refusal(403, "downloadQuotaExceeded", "The download quota for this file has been exceeded.");
    return content(file.content, file.mimeType);
  }

  private exported(file: FakeFile, mimeType: string): Reply {
    const plain = mimeType === "text/plain" && file["plain"] !== undefined;
    const given = plain ? String(file["plain"]) : file.content;
    if (given.length > MOST_EXPORTED)
      return refusal(403, "exportSizeLimitExceeded", "This file is too large to be exported.");
    return content(given, mimeType);
  }

  private shown(file: FakeFile) {
    return shownFile(file, this.world.inBin(file));
  }

  private mark(place: string | number): string {
    return `~!!~${this.tokensFrom}.${place}`;
  }

  /** "" for the start, undefined for a token that is not known. */
  private place(token: string): string | undefined {
    if (token === "") return "";
    const [, generation, place] = /^~!!~(\d+)\.(.*)$/.exec(token) ?? [];
    return Number(generation) === this.tokensFrom ? place : undefined;
  }
}

/** `trashed` is true of what lies in a trashed folder as well. */
function shownFile(
  { content: _content, reads: _reads, unlisted: _unlisted, ...file }: FakeFile,
  trashed: boolean,
) {
  return { ...file, trashed };
}

function content(given: string | Uint8Array, mimeType: string): Reply {
  const body = typeof given === "string" ? new TextEncoder().encode(given) : given;
  return { status: 200, body, headers: { "content-type": mimeType } };
}

const badToken = () => refusal(400, "invalid", "Invalid Value", "global", "pageToken");
