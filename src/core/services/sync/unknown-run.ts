import { NotFoundError } from "@/core/models/errors";
import { plainLine } from "@/lib/clean-text";

/** The refusal of a run's id that belongs to none. */
export function unknownRun(id: string): NotFoundError {
  return new NotFoundError(`There is no sync run '${plainLine(id, 80)}'.`, {
    action: "Its history may have been cleared; the list of syncs shows those that are kept.",
  });
}
