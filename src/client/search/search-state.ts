/** What is searched for, kept in the page's address so that it can be shared and the back button works. */
import type { HttpSearchInput } from "@/core/models/search";

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
  /** Passages around the best one, which is then given whole; null: a snippet of it alone. */
  context: number | null;
  /** Most tokens of the answer; null: as many as there are. */
  maxTokens: number | null;
}

export interface SearchState extends SearchSettings {
  query: string;
  /** A second set of settings for the same words, side by side with the first. */
  other?: SearchSettings | undefined;
}

export const limits = [10, 20, 50] as const;

/** What `context` and `maxTokens` of a search take, as the tool says. */
export const contexts = [0, 1, 2, 3] as const;
export const tokenBounds = { least: 100, most: 100_000 } as const;

export const defaults: SearchSettings = {
  integration: "",
  from: "",
  to: "",
  entities: "",
  limit: 10,
  context: null,
  maxTokens: null,
};

const day = /^\d{4}-\d{2}-\d{2}$/;
/** Begins the names of the second set's parameters. */
const second = "b.";

function dayOrNothing(value: string | null): string {
  return value !== null && day.test(value) && !Number.isNaN(Date.parse(value)) ? value : "";
}

/** A bound that the search takes, or null for any other text. */
export function toMaxTokens(text: string | null): number | null {
  const tokens = Number(text ?? "");
  const taken = Number.isInteger(tokens) && tokens >= tokenBounds.least && tokens <= tokenBounds.most;
  return taken ? tokens : null;
}

/** Passages to either side that the search takes, or null for any other text. */
export function toContext(text: string | null): number | null {
  return contexts.find((known) => String(known) === text) ?? null;
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
    context: toContext(get("context")),
    maxTokens: toMaxTokens(get("maxTokens")),
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
export function settingsOf(settings: SearchSettings): SearchSettings {
  const { integration, from, to, entities, limit, context, maxTokens } = settings;
  return { integration, from, to, entities, limit, context, maxTokens };
}

/** Names in a text that separates them by commas, at most as many as the search takes. */
export function entitiesOf(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ""))].slice(0, 20);
}

/** The same search as the MCP tool takes it, for the API: sized as the tool does, with the reasons of each hit. */
export function toSearchInput(query: string, settings: SearchSettings): HttpSearchInput {
  const entities = entitiesOf(settings.entities);
  return {
    query: query.trim().slice(0, 10_000).toWellFormed(),
    limit: settings.limit,
    explain: true,
    ...(settings.integration === "" ? {} : { integration: settings.integration }),
    ...(settings.from === "" ? {} : { minDate: settings.from }),
    ...(settings.to === "" ? {} : { maxDate: settings.to }),
    ...(entities.length === 0 ? {} : { entities }),
    ...(settings.context === null ? {} : { context: settings.context }),
    ...(settings.maxTokens === null ? {} : { maxTokens: settings.maxTokens, sizedFor: "agent" }),
  };
}

/** How many settings are not as they usually are. */
export function changedCount(settings: SearchSettings): number {
  const usual = Object.entries(defaults);
  // Object.entries forgets the type of its keys.
  return usual.filter(([name, value]) => settings[name as keyof SearchSettings] !== value).length;
}

/** Whether anything narrows the search. */
export function isFiltered({ integration, from, to, entities }: SearchSettings): boolean {
  return integration !== "" || from !== "" || to !== "" || entitiesOf(entities).length > 0;
}
