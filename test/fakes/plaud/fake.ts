/**
 * Plaud's API for applications as published clients use it: a numbered list, newest first, recordings one by one, contents
 * as JSON within text; consent with PKCE, and tokens that are renewed at an address of its own.
 */
import type { Clock } from "@/core/services/http/clock";
import { createRandom } from "@test/random";
import type { ExpectedArtifact, FakeSource, FakeWorld, Happening, StartFake } from "../fake";
import { FakeServer, type Reply } from "../fake-server";

export interface FakeRecording {
  id: string;
  name: string;
  start: number;
  duration: number | string;
  turns: { start_time: number; end_time: number; content: string; speaker?: string }[];
  outline?: { start_time: number; topic: string }[];
  notes: { title: string; text: string; asJson?: boolean }[];
  /** Plaud fails whenever it is asked for by itself. */
  isBroken?: boolean;
}

export interface PlaudFake extends FakeSource {
  world: PlaudWorld;
  /** Token requests so far: path and grant. */
  grants: { path: string; grant: string | null; known: boolean }[];
}

const DAY_MS = 86_400_000;
const CLIENT = { id: "client_canary-1", secret: "canary-plaud-secret-77c1" };
export const keyOf = ({ id }: Pick<FakeRecording, "id">) => `plaud:${id}`;

export class PlaudWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true };
  readonly recordings = new Map<string, FakeRecording>();
  /** Recordings of a page, whatever more is asked for. */
  mostOnPage = 100;
  /** Whether a page behind the last one is none. */
  refusesPastEnd = false;
  /** Whether all pages are the first. */
  hasOnePage = false;
  private readonly random;
  private serial = 0;

  constructor(
    seed: number,
    private readonly clock: Clock,
  ) {
    this.random = createRandom(seed);
  }

  create = () => keyOf(this.add());
  edit = () => {
    const recording = this.random.pick(this.young());
    const [turn] = recording.turns;
    if (this.random.below(3) === 0) recording.name = `Renamed ${++this.serial}`;
    if (turn !== undefined) turn.content = this.sentence();
    return keyOf(recording);
  };
  delete = () => {
    const recording = this.random.pick(this.transcribed());
    this.recordings.delete(recording.id);
    return keyOf(recording);
  };
  createHuge = () =>
    keyOf(
      this.add({
        turns: Array.from({ length: 4_000 }, (_, index) => this.turn(index * 1_000, `Speaker ${index % 3}`)),
      }),
    );
  createEmpty = () => void this.add({ turns: [], notes: [] });

  readonly happenings: readonly Happening[] = [
    {
      name: "transcribe",
      seen: true,
      happen: () => {
        const silent = [...this.recordings.values()].find(
          (one) => one.turns.length === 0 && this.isYoung(one),
        );
        silent?.turns.push(this.turn(0));
        return silent === undefined ? undefined : keyOf(silent);
      },
    },
    { name: "record", seen: true, happen: () => void this.add({ turns: [], notes: [] }) },
    {
      name: "correct an old recording",
      seen: false,
      happen: () => {
        const old = this.transcribed().find((one) => !this.isYoung(one));
        const [turn] = old?.turns ?? [];
        if (turn !== undefined) turn.speaker = `Person ${++this.serial}`;
        return old === undefined ? undefined : keyOf(old);
      },
    },
  ];

  add(fields: Partial<FakeRecording> = {}): FakeRecording {
    const serial = ++this.serial;
    const recording: FakeRecording = {
      id: new Bun.CryptoHasher("md5").update(`recording ${serial}`).digest("hex"),
      name: `Recording ${serial}`,
      // Each third is older than what is still being worked on.
      start: this.clock.now() - (serial % 3 === 0 ? 40 : 0) * DAY_MS - serial * 3_600_000,
      duration: serial % 2 === 0 ? 83_000 : "151380",
      turns: [this.turn(0), this.turn(33_740, "Speaker 2")],
      notes: serial % 2 === 0 ? [{ title: "Summary", text: this.sentence(), asJson: serial % 4 === 0 }] : [],
      ...fields,
    };
    this.recordings.set(recording.id, recording);
    return recording;
  }

  transcribed(): FakeRecording[] {
    return [...this.recordings.values()].filter(({ turns }) => turns.length > 0);
  }

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    return new Map(
      this.transcribed().map((one) => {
        const needles = one.turns.slice(0, 2).map(({ content }) => content);
        return [keyOf(one), { title: one.name, needles }];
      }),
    );
  }

  /** Newest first, as the list has them. */
  listed(): FakeRecording[] {
    return [...this.recordings.values()].toSorted((a, b) => b.start - a.start);
  }

  private isYoung({ start }: FakeRecording): boolean {
    return this.clock.now() - start < 13 * DAY_MS;
  }

  private young(): FakeRecording[] {
    const found = this.transcribed().filter((one) => this.isYoung(one));
    return found.length === 0 ? [this.add()] : found;
  }

  private turn(start: number, speaker = "Speaker 1") {
    return { start_time: start, end_time: start + 900, content: this.sentence(), speaker };
  }

  private sentence(): string {
    return `Sentence ${++this.serial} says that number ${this.random.below(1e9)} was painted.`;
  }
}

class PlaudServer {
  generation = 1;
  refusing = false;
  readonly grants: { path: string; grant: string | null; known: boolean }[] = [];
  private challenge = "";
  private made = 0;
  /** Each counts once. */
  private readonly refreshTokens = new Set<string>();

  constructor(private readonly world: PlaudWorld) {}

  consent = (address: string): Promise<string> => {
    const asked = new URL(address).searchParams;
    this.challenge = asked.get("code_challenge") ?? "";
    const back = new URL(asked.get("redirect_uri") ?? "");
    back.searchParams.set("code", "canary-code");
    back.searchParams.set("state", asked.get("state") ?? "");
    return Promise.resolve(back.href);
  };

  async answer(request: Request, { pathname, searchParams }: URL): Promise<Reply> {
    if (pathname.startsWith("/oauth/"))
      return this.token(pathname, request, new URLSearchParams(await request.text()));
    const isKnown = request.headers.get("authorization") === `Bearer canary-plaud-access-${this.generation}`;
    if (this.refusing || !isKnown) return { status: 401, body: { detail: "Token invalid or expired" } };
    if (pathname === "/open/third-party/users/current")
      return { status: 200, body: { id: "u-1", email: "ana@acme.example", nickname: "Ana" } };
    const id = /^\/open\/third-party\/files\/([^/]*)$/.exec(pathname)?.[1];
    if (id === undefined) return { status: 404, body: { detail: "Not Found" } };
    return id === "" ? this.list(searchParams) : this.detail(id);
  }

  private list(query: URLSearchParams): Reply {
    const size = Number(query.get("page_size") ?? "20");
    if (size < 10 || size > 100) return { status: 422, body: { detail: [{ msg: "page_size" }] } };
    const { mostOnPage, refusesPastEnd, hasOnePage } = this.world;
    const page = hasOnePage ? 1 : Number(query.get("page") ?? "1");
    const given = Math.min(size, mostOnPage);
    const data = this.world
      .listed()
      .slice((page - 1) * given, page * given)
      .map((one) => entryOf(one));
    if (data.length === 0 && page > 1 && refusesPastEnd)
      return { status: 404, body: { detail: "Not Found" } };
    return { status: 200, body: { type: "list", data, page, page_size: size } };
  }

  private detail(id: string): Reply {
    const recording = this.world.recordings.get(id);
    if (recording === undefined) return { status: 404, body: { detail: "File not found" } };
    if (recording.isBroken === true) return { status: 500, body: { detail: "Internal Server Error" } };
    const { turns, outline, notes } = recording;
    const piece = (data_type: string, data_content: string, data_title = "") => ({
      ...{ data_id: `${data_type}:x:${id}`, data_type, data_title, data_content, data_link: "" },
    });
    return {
      status: 200,
      body: {
        ...entryOf(recording),
        presigned_url: `https://s3.example/${crypto.randomUUID()}`,
        source_list: [
          ...(turns.length === 0 ? [] : [piece("transaction", JSON.stringify(turns))]),
          ...(outline === undefined ? [] : [piece("outline", JSON.stringify(outline))]),
        ],
        note_list: notes.map(({ title, text, asJson }) =>
          piece("auto_sum_note", asJson ? JSON.stringify({ ai_content: text, state: 10 }) : text, title),
        ),
      },
    };
  }

  private token(path: string, request: Request, form: URLSearchParams): Reply {
    const basic = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString("base64")}`;
    const isClient = request.headers.get("authorization") === basic;
    const isCode = path === "/oauth/third-party/access-token";
    const verifier = new Bun.CryptoHasher("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const known =
      isClient &&
      (isCode
        ? form.get("code") === "canary-code" && verifier === this.challenge
        : path.endsWith("/access-token/refresh") &&
          this.refreshTokens.delete(form.get("refresh_token") ?? ""));
    this.grants.push({ path, grant: form.get("grant_type"), known });
    if (!known) return { status: 400, body: { error: "invalid_grant" } };
    const access_token = `canary-plaud-access-${this.generation}`;
    const refresh_token = `canary-plaud-refresh-${++this.made}`;
    this.refreshTokens.add(refresh_token);
    return { status: 200, body: { access_token, refresh_token, token_type: "bearer", expires_in: 86_400 } };
  }
}

function entryOf({ id, name, start, duration }: FakeRecording) {
  // Plaud's times have no zone, and are of UTC.
  const at = new Date(start).toISOString().replace("Z", "000");
  return { id, name, created_at: at, serial_number: "1705315555000", start_at: at, duration };
}

export async function startPlaud({ seed, items, clock }: Parameters<StartFake>[0]): Promise<PlaudFake> {
  const world = new PlaudWorld(seed, clock);
  for (let index = 0; index < items; index++) world.create();
  const api = new PlaudServer(world);
  const server = new FakeServer({
    clock,
    answer: (request, url) => api.answer(request, url),
    limited: () => ({ status: 429, body: { detail: "Too many requests" }, headers: { "retry-after": "1" } }),
    failed: () => ({ status: 502, body: { detail: "Bad gateway" } }),
    broken: () => ({ status: 200, body: { type: "nothing" } }),
  });
  server.spared = ({ pathname }) => pathname.startsWith("/oauth/");
  const faults = server.faults();
  return {
    integration: "Plaud",
    apiUrls: [
      `plaud=${server.url}`,
      `plaud.authorize=${server.url}/authorize`,
      `plaud.token=${server.url}/oauth/third-party/access-token`,
      `plaud.refresh=${server.url}/oauth/third-party/access-token/refresh`,
    ].join(","),
    credential: { integration: "Plaud", accessKey: CLIENT.id, secretKey: CLIENT.secret },
    secrets: [CLIENT.secret, "canary-plaud-access-1", "canary-plaud-refresh-1"],
    world,
    grants: api.grants,
    consent: api.consent,
    faults: {
      ...faults,
      refuseCredential: () => void (api.refusing = true),
      expireToken: () => void api.generation++,
      heal: () => {
        faults.heal();
        api.refusing = false;
      },
    },
    requests: () => server.log.filter(({ path }) => path.startsWith("/open/third-party/files/")),
    // Each by itself, and pages until one holds less than the first.
    leastRequests: () => {
      const { size } = world.recordings;
      return size + (size === 0 ? 1 : Math.max(2, Math.floor(size / 100) + 1));
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const startFake: StartFake = startPlaud;
