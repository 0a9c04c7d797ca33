/** Which connected sources are shown, kept in the page's address. */
import type { Source } from "@/core/models/api";

export const sizes = ["none", "some", "many"] as const;
/** By artifacts: none yet, up to 999, 1,000 and more. */
export type Size = (typeof sizes)[number];

export interface SourceFilters {
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
    status: statuses.find((one) => one === params.get("status")),
    size: sizes.find((one) => one === params.get("size")),
  };
}

/** The address of the narrowed list. */
export function sourcesPath({ status, size }: SourceFilters): string {
  const params = new URLSearchParams();
  if (status !== undefined) params.set("status", status);
  if (size !== undefined) params.set("size", size);
  const text = params.toString();
  return text === "" ? "/sources" : `/sources?${text}`;
}

export function fitsFilters(source: Pick<Source, "status" | "artifacts">, filters: SourceFilters): boolean {
  const { status, size } = filters;
  return (
    (status === undefined || source.status === status) && (size === undefined || sizeOf(source) === size)
  );
}
