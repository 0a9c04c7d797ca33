import type { Db } from "@/core/models/database";
import { placesOf } from "../db/queries";

interface Node {
  title: string;
  parentType: string;
  parentId: string;
  /** The database of a data source, which is what pages hold. */
  databaseId?: string;
}

/** No workspace nests deeper; a circle ends here. */
const DEEPEST = 100;

/** Where pages and data sources are: what holds them, up to the top. */
export class Tree {
  private constructor(
    private readonly nodes: Map<string, Node>,
    /** Data source by its database. */
    private readonly databases: Map<string, string>,
    /** The page in which a page or database stands, as far as content that was read says so. */
    private readonly containers: Map<string, string>,
  ) {}

  static async load(db: Db, account: string): Promise<Tree> {
    const { pages, sources, containers } = await placesOf(db, account);
    const nodes = new Map<string, Node>(pages.map(({ pageId, ...node }) => [pageId, node]));
    for (const { dataSourceId, ...node } of sources) nodes.set(dataSourceId, node);
    return new Tree(
      nodes,
      new Map(sources.map((source) => [source.databaseId, source.dataSourceId])),
      new Map(containers.map((link) => [link.id, link.in])),
    );
  }

  titleOf(id: string): string | undefined {
    return this.nodes.get(this.databases.get(id) ?? id)?.title;
  }

  /** Ids from the thing itself up to the top. The last one may be of something that is not known. */
  lineage(id: string): string[] {
    const found: string[] = [];
    for (
      let at: string | undefined = id;
      at !== undefined && found.length < DEEPEST;
      at = this.parentOf(at)
    ) {
      if (found.includes(at)) break;
      found.push(at);
    }
    return found;
  }

  /** Titles from the top down to what holds the thing. */
  breadcrumb(id: string): string[] {
    const titles = this.lineage(id)
      .slice(1)
      .flatMap((at) => this.titleOf(at) ?? []);
    return titles.map((title) => title || "Untitled").toReversed();
  }

  /** True when the thing is one of `roots`, which may name databases, or below one. */
  isUnder(id: string, roots: ReadonlySet<string>): boolean {
    return this.lineage(id).some((at) => roots.has(at) || roots.has(this.nodes.get(at)?.databaseId ?? ""));
  }

  /** True when the listings tell of a block on the way up, whatever has been read of the page around it. */
  isInBlock(id: string): boolean {
    const met = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !met.has(at); at = this.listedParentOf(at)) {
      if (this.nodes.get(at)?.parentType === "block_id") return true;
      met.add(at);
    }
    return false;
  }

  /** A thing in a block whose page is not known. */
  isAdrift(id: string): boolean {
    const top = this.lineage(id).at(-1) ?? id;
    return this.nodes.get(top)?.parentType === "block_id";
  }

  /** Ids of everything below any of these. */
  below(tops: ReadonlySet<string>): string[] {
    return [...this.nodes.keys()].filter((id) =>
      this.lineage(id)
        .slice(1)
        .some((at) => tops.has(at)),
    );
  }

  /** Says in which page a block's content stands. */
  place(id: string, container: string): void {
    this.containers.set(id, container);
  }

  nodeOf(id: string): Readonly<Node> | undefined {
    return this.nodes.get(id);
  }

  private parentOf(id: string): string | undefined {
    const node = this.nodes.get(id);
    if (node?.parentType !== "block_id") return this.listedParentOf(id);
    return this.containers.get(node.databaseId ?? id) ?? this.containers.get(id);
  }

  /** What holds a thing by the listings alone: of what stands in a block they do not tell. */
  private listedParentOf(id: string): string | undefined {
    const node = this.nodes.get(id);
    if (node === undefined || node.parentType === "workspace" || node.parentType === "block_id")
      return undefined;
    if (node.parentType === "database_id") return this.databases.get(node.parentId) ?? node.parentId;
    return node.parentId === "" ? undefined : node.parentId;
  }
}
