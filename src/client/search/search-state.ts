/** What is searched for, kept in the page's address so that it can be shared and the back button works. */
import type { SearchInput } from "@/core/models/search";

/** What narrows a search, and how much of it is shown. */
export interface SearchSettings {
  /** One integration, or the empty text for all. */
  integration: string;
  /** Days as `YYYY-MM-DD`, or the empty text. */
  from: string;
  to: string;
  /** Names that all have to be mentioned, separated by commas. */
  entities: string;
  limit: number;
}

export interface SearchState extends SearchSettings {
  query: string;
  /** A second set of settings for the same words, side by side with the first. */
  other?: SearchSettings | undefined;
}

export const limits = [10, 20, 50] as const;

export const defaults: SearchSettings = { integration: "", from: "", to: "", entities: "", limit: 10 };

const day = /^\d{4}-\d{2}-\d{2}$/;
/** Begins the names of the second set's parameters. */
const second = "b.";

function dayOrNothing(value: string | null): string {
  return value !== null && day.test(value) && !Number.isNaN(Date.parse(value)) ? value : "";
}

function readSettings(params: URLSearchParams, prefix: string): SearchSettings {
  const get = (name: string) => params.get(prefix + name);
  const limit = Number(get("limit"));
  return {
    integration: get("integration") ?? "",
    from: dayOrNothing(get("from")),
    to: dayOrNothing(get("to")),
    entities: get("entities") ?? "",
    limit: limits.find((known) => known === limit) ?? defaults.limit,
  };
}

/** The state that an address names; what it does not understand is left at its default. */
export function readSearchState(params: URLSearchParams): SearchState {
  const state = { query: params.get("q") ?? "", ...readSettings(params, "") };
  return params.has("compare") ? { ...state, other: readSettings(params, second) } : state;
}

function writeSettings(params: URLSearchParams, settings: SearchSettings, prefix: string): void {
  for (const [name, usual] of Object.entries(defaults)) {
    const value = settings[name as keyof SearchSettings]; // Object.entries forgets the type of its keys.
    if (value !== usual) params.set(prefix + name, String(value));
  }
}

/** The address of a search; defaults are left out. */
export function searchPath(state: SearchState): string {
  const params = new URLSearchParams();
  if (state.query !== "") params.set("q", state.query);
  writeSettings(params, state, "");
  if (state.other !== undefined) {
    params.set("compare", "1");
    writeSettings(params, state.other, second);
  }
  const text = params.toString();
  return text === "" ? "/search" : `/search?${text}`;
}

/** The settings of a search alone. */
export function settingsOf({ integration, from, to, entities, limit }: SearchSettings): SearchSettings {
  return { integration, from, to, entities, limit };
}

/** Names in a text that separates them by commas, at most as many as the search takes. */
export function entitiesOf(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ""))].slice(0, 20);
}

/** The same search as the API and the MCP tool take it, with the reasons of each hit. */
export function toSearchInput(query: string, settings: SearchSettings): SearchInput {
  const entities = entitiesOf(settings.entities);
  return {
    query: query.trim().slice(0, 10_000).toWellFormed(),
    limit: settings.limit,
    explain: true,
    ...(settings.integration === "" ? {} : { integration: settings.integration }),
    ...(settings.from === "" ? {} : { minDate: settings.from }),
    ...(settings.to === "" ? {} : { maxDate: settings.to }),
    ...(entities.length === 0 ? {} : { entities }),
  };
}

/** Whether anything narrows the search. */
export function isFiltered({ integration, from, to, entities }: SearchSettings): boolean {
  return integration !== "" || from !== "" || to !== "" || entitiesOf(entities).length > 0;
}
