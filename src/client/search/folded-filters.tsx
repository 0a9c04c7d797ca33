import { useState } from "react";
import { Icon } from "@/client/ui/icons";
import { useNarrow } from "@/client/ui/use-media";
import { Filters } from "./filters";
import { changedCount, type SearchSettings } from "./search-state";

/** What narrows a search; where it is narrow, folded away below the question, so that the first result is in sight. */
export function FoldedFilters<Settings extends SearchSettings>({
  state,
  change,
}: {
  state: Settings;
  change: (next: Settings) => void;
}) {
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  const changed = changedCount(state);
  return (
    <details
      open={!narrow || open}
      onToggle={({ currentTarget }) => {
        // Where there is room it is always open, and that is nobody's choice.
        if (narrow) setOpen(currentTarget.open);
      }}
    >
      <summary className="inline-flex min-h-6 items-center gap-1 text-sm font-medium text-muted hover:text-ink sm:hidden">
        <Icon name="chevron" className="turn size-3" />
        Filters{changed === 0 ? "" : ` (${changed} set)`}
      </summary>
      <div className="max-sm:mt-2">
        <Filters state={state} change={change} />
      </div>
    </details>
  );
}
