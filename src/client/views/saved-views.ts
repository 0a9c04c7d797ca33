/** Addresses that somebody has given a name, in this browser. */
import { z } from "zod";
import { useKept } from "@/client/data/kept";

export const savedViewSchema = z.object({
  name: z.string().min(1).max(80),
  /** Within this page, with its question mark. Never another site's. */
  path: z.string().regex(/^\/[a-z]*(\?|$)/),
});
export type SavedView = z.infer<typeof savedViewSchema>;

const schema = z.array(savedViewSchema).max(50);
const none: SavedView[] = [];

/** Adds a view, in place of one of the same name. The oldest goes beyond fifty. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [...views.filter(({ name }) => name !== view.name), view].slice(-50);
}

/** The saved views and what changes them. */
export function useSavedViews() {
  const [views, keep] = useKept("views", schema, none);
  return {
    views,
    save: (view: SavedView) => keep(withView(views, view)),
    remove: (name: string) => keep(views.filter((view) => view.name !== name)),
  };
}
