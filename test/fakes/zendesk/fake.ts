/**
 * Zendesk's Help Center API, as far as a reader of articles needs it: basic auth with an API token, cursors in `meta`,
 * names beside the articles. Shapes and words follow developer.zendesk.com/api-reference/help_center.
 */
import type { Clock } from "@/core/services/http/clock";
import { createRandom } from "@test/random";
import type { ExpectedArtifact, FakeSource, FakeWorld, Happening, StartFake } from "../fake";
import { FakeServer, type Reply } from "../fake-server";

export interface FakeArticle {
  id: number;
  title: string;
  body: string | null;
  html_url: string;
  author_id: number;
  section_id: number;
  user_segment_id: number | null;
  /** On Enterprise plans in the other one's place. */
  user_segment_ids?: number[];
  /** In its section, which people change. Listings go by it unless they are asked for another order. */
  position: number;
  label_names: string[];
  locale: string;
  draft: boolean;
  vote_sum: number;
  created_at: string;
  updated_at: string;
  edited_at: string;
  [field: string]: unknown;
}

export interface ZendeskFake extends FakeSource {
  world: ZendeskWorld;
  /** There is no such account any more. */
  cancel: () => void;
  /** The token was deleted, and passes for a visitor's: what is open to everybody is all that it is shown. */
  forgetToken: () => void;
}

const EMAIL = "ana@acme.example";
const users = ["Ana Silva", "Bo Lindqvist"].map((name, index) => ({
  id: 9_007_100 + index,
  name,
  role: "agent",
}));
const newCategories = () => [{ id: 4_402_000_001, name: "Docks & gates" }];
const newSections = () =>
  ["Pumps", "Tides"].map((name, index) => ({ id: 4_402_000_101 + index, name, category_id: 4_402_000_001 }));

export class ZendeskWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true, hiding: true };
  readonly articles = new Map<number, FakeArticle>();
  readonly categories = newCategories();
  readonly sections = newSections();
  private readonly random;
  private serial = 0;
  private last = 0;

  constructor(
    seed: number,
    private readonly clock: Clock,
  ) {
    this.random = createRandom(seed);
  }

  create = () => keyOf(this.add());
  edit = () => {
    const article = this.random.pick(this.visible());
    // Votes are no change of an article; its text, title and place are.
    article.vote_sum++;
    const change = this.random.below(3);
    if (change === 0) article.title = `Renamed ${++this.serial}`;
    else if (change === 1) article.section_id = this.random.pick(this.sections).id;
    article.body = `<p>${this.sentence()}</p>`;
    article.updated_at = article.edited_at = this.tick();
    return keyOf(article);
  };
  delete = () => {
    const article = this.random.pick(this.visible());
    this.articles.delete(article.id);
    return keyOf(article);
  };
  hide = () => {
    const article = this.random.pick(this.visible());
    article.draft = true;
    return keyOf(article);
  };
  createHuge = () => keyOf(this.add({ body: `<p>${this.sentence()}</p>`.repeat(20_000) }));
  createEmpty = () => keyOf(this.add({ body: null }));
  readonly happenings: readonly Happening[] = [
    {
      name: "publish again",
      seen: true,
      happen: () => {
        const article = [...this.articles.values()].find(({ draft }) => draft);
        if (article === undefined) return undefined;
        article.draft = false;
        return keyOf(article);
      },
    },
    {
      name: "edit in the same second",
      seen: true,
      happen: () => {
        const article = this.random.pick(this.visible());
        article.body = `<p>${this.sentence()}</p>`;
        return keyOf(article);
      },
    },
    {
      name: "rename a section",
      seen: true,
      happen: () => void (this.random.pick(this.sections).name = `Section ${++this.serial}`),
    },
    {
      name: "rename the category",
      seen: true,
      happen: () => void (this.random.pick(this.categories).name = `Category ${++this.serial}`),
    },
    {
      name: "limit who reads it",
      seen: true,
      happen: () => {
        const article = this.random.pick(this.visible());
        article.user_segment_id = article.user_segment_id === null ? 360_002 : null;
        return keyOf(article);
      },
    },
  ];
  createUnknown = () => void this.add({ content_tag_ids: ["01H"], kind_of_tomorrow: { deep: true } });

  add(fields: Partial<FakeArticle> = {}): FakeArticle {
    const serial = ++this.serial;
    const at = this.tick();
    const id = 4_410_000_000_000 + serial * 13;
    const article: FakeArticle = {
      id,
      title: `Article ${serial} & more`,
      body: `<h1>Steps</h1><p>${this.sentence()}</p><ul><li>${this.sentence()}</li></ul>`,
      html_url: `https://acme.zendesk.com/hc/en-us/articles/${id}`,
      author_id: this.random.pick(users).id,
      section_id: this.random.pick(this.sections).id,
      user_segment_id: serial % 4 === 0 ? 360_001 : null,
      position: serial,
      label_names: serial % 3 === 0 ? ["dock", "safety"] : [],
      locale: "en-us",
      draft: false,
      vote_sum: 0,
      created_at: at,
      updated_at: at,
      edited_at: at,
      ...fields,
    };
    this.articles.set(id, article);
    return article;
  }

  visible(): FakeArticle[] {
    return [...this.articles.values()].filter(({ draft }) => !draft);
  }

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    return new Map(
      this.visible().map((article) => {
        const said = (article.body ?? "")
          .slice(0, 500)
          .match(/Sentence \d+ says that number \d+ was painted\./g);
        const section = this.sections.find(({ id }) => id === article.section_id)?.name ?? "";
        const needles = [...(said ?? []), `- In: ${this.categories[0]?.name ?? ""} / ${section}`];
        return [keyOf(article), { title: article.title, needles }];
      }),
    );
  }

  private tick(): string {
    // Zendesk's times are of whole seconds.
    this.last = Math.max(this.last + 1_000, Math.floor(this.clock.now() / 1_000) * 1_000);
    return new Date(this.last).toISOString().replace(".000Z", "Z");
  }

  private sentence(): string {
    return `Sentence ${++this.serial} says that number ${this.random.below(1e9)} was painted.`;
  }
}

export const keyOf = ({ id }: Pick<FakeArticle, "id">) => `zendesk:article:${id}`;

export async function startZendesk({
  seed,
  items,
  clock,
  pageSize: given,
}: Parameters<StartFake>[0]): Promise<ZendeskFake> {
  const world = new ZendeskWorld(seed, clock);
  const token = `canary${seed}Zd5e1fToken`;
  const pageSize = given ?? (items > 200 ? 100 : 5);
  let [refusing, cancelled, forgotten, generation] = [false, false, false, 0];
  for (let index = 0; index < items; index++) world.create();

  const answer = (request: Request, url: URL): Reply => {
    if (cancelled) return { status: 404, body: { error: "No help desk at acme.zendesk.com" } };
    const expected = `Basic ${Buffer.from(`${EMAIL}/token:${token}`).toString("base64")}`;
    const given = request.headers.get("authorization") ?? "";
    const known = !refusing && !forgotten && given === expected;
    // Zendesk may answer a token that was deleted as it does a visitor.
    const visitor =
      forgotten || given === `Basic ${Buffer.from(`${EMAIL}/token:visitor`).toString("base64")}`;
    if (!known && !visitor) return { status: 401, body: { error: "Couldn't authenticate you" } };
    if (url.pathname === "/api/v2/users/me.json")
      return { status: 200, body: { user: known ? users[0] : { id: null, name: "Anonymous user" } } };
    if (url.pathname !== "/api/v2/help_center/articles.json")
      return { status: 404, body: { error: "RecordNotFound", description: "Not found" } };
    const open = world
      .visible()
      .filter(({ user_segment_id: one, user_segment_ids: some }) => one === null && !some?.length);
    const shown = known ? [...world.articles.values()] : open;
    return articlesPage(world, shown, url.searchParams, pageSize, generation);
  };
  const server = new FakeServer({
    clock,
    answer,
    limited: () => ({ status: 429, body: { error: "Too many requests" }, headers: { "retry-after": "1" } }),
    failed: () => ({ status: 500, body: { error: "Internal Server Error" } }),
    broken: () => ({ status: 200, body: { results: [] } }),
  });
  const faults = server.faults();
  return {
    integration: "Zendesk",
    apiUrls: `zendesk=${server.url}`,
    credential: {
      integration: "Zendesk",
      baseUrl: "https://acme.zendesk.com",
      accessKey: EMAIL,
      secretKey: token,
    },
    secrets: [token],
    world,
    cancel: () => void (cancelled = true),
    forgetToken: () => void (forgotten = true),
    faults: {
      ...faults,
      refuseCredential: () => void (refusing = true),
      expireCursors: () => void generation++,
      heal: () => {
        faults.heal();
        refusing = false;
      },
    },
    requests: () => server.log,
    // Its pages, and whether the token is known.
    leastRequests: () => Math.max(1, Math.ceil(world.articles.size / pageSize)) + 1,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const startFake: StartFake = startZendesk;

function articlesPage(
  world: ZendeskWorld,
  shown: readonly FakeArticle[],
  query: URLSearchParams,
  most: number,
  generation: number,
): Reply {
  const [born, after] = atob(query.get("page[after]") ?? btoa(`${generation} 0`))
    .split(" ")
    .map(Number);
  if (born !== generation)
    return { status: 400, body: { errors: [{ code: "InvalidCursor", title: "The cursor is invalid" }] } };
  const by = query.get("sort_by") ?? "position";
  const placeOf = ({ position, created_at }: FakeArticle) =>
    by === "created_at" ? Date.parse(created_at) : position;
  const left = shown
    .filter((article) => placeOf(article) > (after ?? 0))
    .toSorted((a, b) => placeOf(a) - placeOf(b));
  const articles = left.slice(0, Math.min(most, Number(query.get("page[size]") ?? "30")));
  const has_more = left.length > articles.length;
  const last = articles.at(-1);
  const wanted = new Set((query.get("include") ?? "").split(","));
  return {
    status: 200,
    body: {
      articles,
      ...(wanted.has("users") ? { users } : {}),
      ...(wanted.has("sections") ? { sections: world.sections } : {}),
      ...(wanted.has("categories") ? { categories: world.categories } : {}),
      meta: {
        has_more,
        after_cursor: has_more ? btoa(`${generation} ${last === undefined ? 0 : placeOf(last)}`) : null,
      },
    },
  };
}
