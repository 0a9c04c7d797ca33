/** Which connected sources are shown, kept in the page's address. */
import type { Source } from "@/core/models/api";
import { matching } from "./source-view";

export const sizes = ["none", "some", "many"] as const;
/** By artifacts: none yet, up to 999, 1,000 and more. */
export type Size = (typeof sizes)[number];

export interface SourceFilters {
  /** Part of a name, a description or an account. */
  text: string;
  status: Source["status"] | undefined;
  size: Size | undefined;
}

const statuses: readonly Source["status"][] = ["connected", "syncing", "needs_reconnect", "error", "parked"];
const many = 1_000;

export function sizeOf({ artifacts }: Pick<Source, "artifacts">): Size {
  if (artifacts === 0) return "none";
  return artifacts < many ? "some" : "many";
}

export function readSourceFilters(params: URLSearchParams): SourceFilters {
  return {
    text: params.get("q") ?? "",
    status: statuses.find((one) => one === params.get("status")),
    size: sizes.find((one) => one === params.get("size")),
  };
}

/** The address of the narrowed list. */
export function sourcesPath({ text, status, size }: SourceFilters): string {
  const params = new URLSearchParams();
  if (text !== "") params.set("q", text);
  if (status !== undefined) params.set("status", status);
  if (size !== undefined) params.set("size", size);
  const query = params.toString();
  return query === "" ? "/sources" : `/sources?${query}`;
}

export function fitsFilters(source: Source, { text, status, size }: SourceFilters): boolean {
  return (
    (status === undefined || source.status === status) &&
    (size === undefined || sizeOf(source) === size) &&
    matching([source], text).length > 0
  );
}
