/** A web site as Firecrawl finds it: pages with a menu and a footer, some of them gone, locked, moved or linked twice. */
import type { Clock } from "@/core/services/http/clock";
import { createRandom } from "@test/random";
import type { ExpectedArtifact, FakeWorld, Happening } from "../fake";

export interface FakePage {
  path: string;
  title: string;
  body: string;
  status: number;
  language?: string | string[];
  modified?: string;
  /** Where it leads to, for one that moved. */
  movedTo?: string;
  /** Another query under which it is linked as well. */
  alsoAs?: string;
  /** What Firecrawl says where it cannot read it. */
  error?: string;
  metadata?: Record<string, unknown>;
}

/** An entry of `data`, or why there is none. */
export type Crawled = { document: Record<string, unknown> } | { url: string; error: string };

export const ORIGIN = "https://docs.acme.example";
export const keyOf = ({ path }: Pick<FakePage, "path">) => `web:docs.acme.example${path === "/" ? "" : path}`;

export class WebWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true, hiding: true };
  readonly pages = new Map<string, FakePage>();
  /** Kept out by robots.txt. */
  readonly blocked = new Set<string>();
  menu = ["Guide", "Reference", "Prices"];
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
    const page = this.random.pick(this.visible());
    page.body = this.sentence();
    if (this.random.below(3) === 0) page.title = `Renamed ${++this.serial}`;
    return keyOf(page);
  };
  delete = () => {
    const page = this.random.pick(this.visible());
    // Some are not linked any more, to others a link still leads.
    if (this.random.below(2) === 0) this.pages.delete(page.path);
    else page.status = this.random.pick([404, 410]);
    return keyOf(page);
  };
  hide = () => {
    const page = this.random.pick(this.visible());
    if (this.random.below(2) === 0) this.blocked.add(page.path);
    else page.status = this.random.pick([401, 403]);
    return keyOf(page);
  };
  createHuge = () => keyOf(this.add({ body: `${this.sentence()}\n\n`.repeat(20_000).trim() }));
  createEmpty = () => void this.add({ body: "" });
  createUnknown = () =>
    void this.add({ metadata: { kindOfTomorrow: { deep: true }, ogLocale: ["pt", "en"] } });

  readonly happenings: readonly Happening[] = [
    {
      name: "bring back",
      seen: true,
      happen: () => {
        const page = [...this.pages.values()].find(
          ({ path }) => !this.visible().some((one) => one.path === path),
        );
        if (page === undefined || page.movedTo !== undefined) return undefined;
        page.status = 200;
        this.blocked.delete(page.path);
        return page.body === "" ? undefined : keyOf(page);
      },
    },
    {
      name: "change the menu",
      seen: true,
      happen: () => void (this.menu = [...this.menu, `Menu ${++this.serial}`].slice(-4)),
    },
    {
      name: "link a page under a campaign",
      seen: true,
      happen: () => {
        const page = this.random.pick(this.visible());
        page.alsoAs = "?utm_source=mail&utm_campaign=tide";
        return keyOf(page);
      },
    },
    {
      name: "move a page",
      seen: true,
      happen: () => {
        const page = this.random.pick(this.visible());
        const moved = this.add({ title: page.title, body: page.body });
        page.movedTo = moved.path;
        return keyOf(moved);
      },
    },
  ];

  add(fields: Partial<FakePage> = {}): FakePage {
    const serial = ++this.serial;
    const page: FakePage = {
      path: this.pages.size === 0 ? "/" : `/guide/page-${serial}`,
      title: `Page ${serial}`,
      body: this.sentence(),
      status: 200,
      ...fields,
    };
    this.pages.set(page.path, page);
    return page;
  }

  visible(): FakePage[] {
    return [...this.pages.values()].filter(
      ({ path, status, movedTo, body }) =>
        status === 200 && movedTo === undefined && body !== "" && !this.blocked.has(path),
    );
  }

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    return new Map(
      this.visible().map((page) => [keyOf(page), { title: page.title, needles: [page.body.slice(0, 500)] }]),
    );
  }

  /** Addresses that a crawl comes to, each once. */
  addresses(): string[] {
    const linked = [...this.pages.values()].filter(({ path }) => !this.blocked.has(path));
    return linked.flatMap(({ path, alsoAs }) => [
      path,
      ...(alsoAs === undefined ? [] : [`${path}${alsoAs}`]),
    ]);
  }

  /** What Firecrawl makes of an address; undefined for one that is not linked any more. */
  crawl(address: string, mainOnly: boolean): Crawled | undefined {
    const [path = ""] = address.split("?");
    const asked = this.pages.get(path);
    if (asked === undefined) return undefined;
    const end = this.endOf(asked);
    if (this.blocked.has(end)) return undefined;
    if (asked.error !== undefined) return { url: ORIGIN + address, error: asked.error };
    const page = this.pages.get(end) ?? { ...asked, status: 404 };
    const { title, language = "en", modified } = page;
    const metadata = {
      title,
      language,
      ...(modified === undefined ? {} : { modifiedTime: modified }),
      sourceURL: ORIGIN + address,
      url: `${ORIGIN}${end === path ? address : end}`,
      statusCode: page.status,
      scrapeId: crypto.randomUUID(),
      creditsUsed: 1,
      cachedAt: new Date(this.clock.now()).toISOString(),
      ...page.metadata,
    };
    return { document: { markdown: this.markdown(page, mainOnly), metadata } };
  }

  /** Where redirects lead to. */
  private endOf({ path, movedTo }: FakePage): string {
    if (movedTo === undefined) return path;
    const next = this.pages.get(movedTo);
    return next === undefined ? movedTo : this.endOf(next);
  }

  private markdown({ title, body, status }: FakePage, mainOnly: boolean): string {
    if (status !== 200) return `# ${status}\n\nThis page is not available.`;
    if (body === "") return "";
    const menu = this.menu.map((name) => `- [${name}](${ORIGIN}/${name.toLowerCase().replaceAll(" ", "-")})`);
    const above = mainOnly ? [] : ["![Acme](data:image/png;base64,AAAA)"];
    return [
      ...above,
      "[Skip to main content](#main)",
      ...menu,
      "",
      `# ${title}`,
      "",
      body,
      "",
      "Was this page helpful?",
      "© 2026 Acme Dry Docks",
    ].join("\n");
  }

  private sentence(): string {
    return `Sentence ${++this.serial} says that number ${this.random.below(1e9)} was painted.`;
  }
}
