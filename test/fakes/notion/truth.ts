/** What must be served of a fake workspace once syncs are at rest, down to the last character. */
import {
  childrenOf,
  type FakeDataSource,
  type FakePage,
  isVisible,
  pageUrl,
  plain,
  type State,
  visiblePages,
  visibleSources,
} from "./state";

export interface Truth {
  title: string;
  markdown: string;
}

export function truthOf(state: State): Map<string, Truth> {
  const truth = new Map<string, Truth>();
  for (const page of visiblePages(state)) {
    if (page.blocks !== undefined) continue;
    truth.set(`notion:page:${plain(page.id)}`, { title: page.title, markdown: pageText(state, page) });
  }
  for (const source of visibleSources(state)) {
    truth.set(`notion:data-source:${plain(source.id)}`, {
      title: source.title,
      markdown: sourceText(state, source),
    });
  }
  return truth;
}

function pageText(state: State, page: FakePage): string {
  const place = placeOf(state, page.parent);
  const properties = [...page.properties].filter(([, { reads }]) => reads !== "");
  const { pages, sources } = childrenOf(state, page.id);
  const links = [
    ...pages.map((child) => `- [${child.title}](${pageUrl(child.id)})`),
    ...sources.map((source) => `- Database: [${source.title}](${pageUrl(source.databaseId)})`),
  ].join("\n");
  const body = [...page.content.map(({ gfm }) => gfm), links].filter((part) => part !== "");
  return [
    `# ${page.title}`,
    ...(place.length === 0 ? [] : [`In: ${place.join(" / ")}`]),
    ...(properties.length === 0
      ? []
      : [
          [
            "| Property | Value |",
            "| --- | --- |",
            ...properties.map(([name, { reads }]) => `| ${name} | ${reads} |`),
          ].join("\n"),
        ]),
    ...joined(body),
    ...(page.comments.length === 0
      ? []
      : [`## Comments\n\n${page.comments.map(({ reads }) => reads).join("\n")}`]),
  ].join("\n\n");
}

/** Two lists in a row are one. */
function joined(parts: readonly string[]): string[] {
  const made: string[] = [];
  for (const part of parts) {
    const before = made.at(-1);
    if (before?.startsWith("- ") === true && part.startsWith("- "))
      made[made.length - 1] = `${before}\n${part}`;
    else made.push(part);
  }
  return made;
}

function placeOf(state: State, parent: FakePage["parent"]): string[] {
  if (parent.kind === "workspace") return [];
  if (parent.kind === "dataSource") {
    const source = state.dataSources.get(parent.id);
    return source === undefined ? [] : [...placeOf(state, source.parent), source.title];
  }
  const around = state.pages.get(parent.kind === "page" ? parent.id : parent.page);
  // What the connection cannot see has no name, and what lies above it is not known.
  return around === undefined || !isVisible(state, around)
    ? []
    : [...placeOf(state, around.parent), around.title];
}

function sourceText(state: State, source: FakeDataSource): string {
  const place = placeOf(state, source.parent);
  const rows = visiblePages(state)
    .filter(({ parent }) => parent.kind === "dataSource" && parent.id === source.id)
    .sort((a, b) => (a.title === b.title ? (a.id < b.id ? -1 : 1) : a.title < b.title ? -1 : 1));
  return [
    `# ${source.title}`,
    ...(place.length === 0 ? [] : [`In: ${place.join(" / ")}`]),
    `A database with ${rows.length} ${rows.length === 1 ? "row" : "rows"}.`,
    "## Columns\n\n| Column | Type | Options |\n| --- | --- | --- |\n| Name | title |  |\n| Stage | select | Draft, Done |",
    ...(rows.length === 0
      ? []
      : [`## Rows\n\n${rows.map((row) => `- [${row.title}](${pageUrl(row.id)})`).join("\n")}`]),
  ].join("\n\n");
}
