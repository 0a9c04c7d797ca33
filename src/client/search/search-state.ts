/** What is searched for, kept in the page's address so that it can be shared and the back button works. */
import type { SearchInput } from "@/core/models/search";

export interface SearchState {
  query: string;
  /** One integration, or the empty text for all. */
  integration: string;
  /** Days as `YYYY-MM-DD`, or the empty text. */
  from: string;
  to: string;
  limit: number;
}

export const limits = [10, 20, 50] as const;

const day = /^\d{4}-\d{2}-\d{2}$/;

function dayOrNothing(value: string | null): string {
  return value !== null && day.test(value) && !Number.isNaN(Date.parse(value)) ? value : "";
}

/** The state that an address names; what it does not understand is left at its default. */
export function readSearchState(params: URLSearchParams): SearchState {
  const limit = Number(params.get("limit"));
  return {
    query: params.get("q") ?? "",
    integration: params.get("integration") ?? "",
    from: dayOrNothing(params.get("from")),
    to: dayOrNothing(params.get("to")),
    limit: limits.find((known) => known === limit) ?? 10,
  };
}

/** The address of a search; defaults are left out. */
export function searchPath(state: SearchState): string {
  const params = new URLSearchParams();
  if (state.query !== "") params.set("q", state.query);
  if (state.integration !== "") params.set("integration", state.integration);
  if (state.from !== "") params.set("from", state.from);
  if (state.to !== "") params.set("to", state.to);
  if (state.limit !== 10) params.set("limit", String(state.limit));
  const text = params.toString();
  return text === "" ? "/search" : `/search?${text}`;
}

/** The same search as the API and the MCP tool take it, with the reasons of each hit. */
export function toSearchInput(state: SearchState): SearchInput {
  return {
    query: state.query.trim(),
    limit: state.limit,
    explain: true,
    ...(state.integration === "" ? {} : { integration: state.integration }),
    ...(state.from === "" ? {} : { minDate: state.from }),
    ...(state.to === "" ? {} : { maxDate: state.to }),
  };
}

/** Whether anything narrows the search. */
export function isFiltered(state: SearchState): boolean {
  return state.integration !== "" || state.from !== "" || state.to !== "";
}

/** The search without what narrows it. */
export function withoutFilters(state: SearchState): SearchState {
  return { ...state, integration: "", from: "", to: "" };
}
