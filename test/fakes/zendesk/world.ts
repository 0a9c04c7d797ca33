/** What stands in a Zendesk account, and what people do there. */
import type { Clock } from "@/core/services/http/clock";
import { createRandom } from "@test/random";
import type { ExpectedArtifact, FakeWorld, Happening } from "../fake";
import { agents, Desk, type FakeTicket, ticketKeyOf } from "./desk";

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

const HOUR_MS = 3_600_000;
const newCategories = () => [{ id: 4_402_000_001, name: "Docks & gates" }];
const newSections = () =>
  ["Pumps", "Tides"].map((name, index) => ({ id: 4_402_000_101 + index, name, category_id: 4_402_000_001 }));

/** A help centre, and a desk with tickets. */
export class ZendeskWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true, hiding: true };
  readonly articles = new Map<number, FakeArticle>();
  readonly categories = newCategories();
  readonly sections = newSections();
  readonly desk: Desk;
  private readonly random;
  private serial = 0;
  private created = 0;
  private last: number;

  /** @param items made over as many hours, the last of them an hour ago; every other one is a ticket, where there are any. */
  constructor(
    seed: number,
    items: number,
    private readonly clock: Clock,
    private readonly tickets: boolean,
  ) {
    this.random = createRandom(seed);
    const tick = () => this.tick();
    this.desk = new Desk({ random: this.random, clock, tick, sentence: () => this.sentence() });
    this.last = clock.now() - (items + 1) * HOUR_MS;
    this.tick = () => this.at(this.last + HOUR_MS);
    for (let index = 0; index < items; index++) this.create();
    this.tick = () => this.at(Math.max(this.last + 1_000, this.clock.now()));
    this.happenings = tickets ? [...this.inHelpCentre, ...this.desk.happenings] : this.inHelpCentre;
  }

  create = () => {
    const isTicket = this.tickets && this.created++ % 2 === 1;
    return isTicket ? ticketKeyOf(this.desk.add()) : keyOf(this.add());
  };
  edit = () => {
    const ticket = this.someTicket();
    if (ticket !== undefined) return this.desk.edit(ticket);
    const article = this.someArticle();
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
    const ticket = this.someTicket();
    if (ticket !== undefined) return this.desk.bin(ticket);
    const article = this.someArticle();
    this.articles.delete(article.id);
    return keyOf(article);
  };
  hide = () => {
    const article = this.someArticle();
    article.draft = true;
    return keyOf(article);
  };
  createHuge = () => keyOf(this.add({ body: `<p>${this.sentence()}</p>`.repeat(20_000) }));
  createEmpty = () => keyOf(this.add({ body: null }));
  readonly happenings: readonly Happening[];
  private readonly inHelpCentre: readonly Happening[] = [
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
        const article = this.someArticle();
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
        const article = this.someArticle();
        article.user_segment_id = article.user_segment_id === null ? 360_002 : null;
        return keyOf(article);
      },
    },
  ];
  createUnknown = () => {
    this.add({ content_tag_ids: ["01H"], kind_of_tomorrow: { deep: true } });
    if (this.tickets)
      this.desk.add({ status: "levitating", type: "omen", custom_fields: [{ id: 9, value: {} }] });
  };

  add(fields: Partial<FakeArticle> = {}): FakeArticle {
    const serial = ++this.serial;
    const at = this.tick();
    const id = 4_410_000_000_000 + serial * 13;
    const article: FakeArticle = {
      id,
      title: `Article ${serial} & more`,
      body: `<h1>Steps</h1><p>${this.sentence()}</p><ul><li>${this.sentence()}</li></ul>`,
      html_url: `https://acme.zendesk.com/hc/en-us/articles/${id}`,
      author_id: this.random.pick(agents).id,
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
    return new Map([
      ...this.desk.snapshot(),
      ...this.visible().map((article): [string, ExpectedArtifact] => {
        const said = (article.body ?? "")
          .slice(0, 500)
          .match(/Sentence \d+ says that number \d+ was painted\./g);
        const section = this.sections.find(({ id }) => id === article.section_id)?.name ?? "";
        const needles = [...(said ?? []), `- In: ${this.categories[0]?.name ?? ""} / ${section}`];
        return [keyOf(article), { title: article.title, needles }];
      }),
    ]);
  }

  /** Never twice the same. */
  private tick: () => string;

  private at(time: number): string {
    // Zendesk's times are of whole seconds.
    this.last = Math.max(this.last + 1_000, Math.floor(time / 1_000) * 1_000);
    return new Date(this.last).toISOString().replace(".000Z", "Z");
  }

  private someArticle(): FakeArticle {
    const visible = this.visible();
    return visible.length === 0 ? this.add() : this.random.pick(visible);
  }

  /** Now and then; always where there is no article. */
  private someTicket(): FakeTicket | undefined {
    const live = this.desk.live();
    const isChosen = live.length > 0 && (this.visible().length === 0 || this.random.below(2) === 0);
    return isChosen ? this.random.pick(live) : undefined;
  }

  private sentence(): string {
    return `Sentence ${++this.serial} says that number ${this.random.below(1e9)} was painted.`;
  }
}

export const keyOf = ({ id }: Pick<FakeArticle, "id">) => `zendesk:article:${id}`;
