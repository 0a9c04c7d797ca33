/** The command palette: go somewhere or do something by typing part of its name. */
import { Command, defaultFilter } from "cmdk";
import { useLayoutEffect, useRef } from "react";
import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { useResource } from "@/client/data/use-resource";
import { navigate, sourcePath } from "@/client/router";
import { startedWords } from "@/client/runs/started-words";
import { places } from "@/client/shell/places";
import { applyTheme, themes } from "@/client/theme";
import { useSavedViews } from "@/client/views/saved-views";
import { Icon, type IconName } from "@/client/ui/icons";
import { signals } from "@/client/signals";

interface Entry {
  text: string;
  icon: IconName;
  run: () => void;
}

function Group({
  heading,
  entries,
  close,
}: {
  heading: string;
  entries: readonly Entry[];
  close: () => void;
}) {
  return (
    <Command.Group heading={heading} className="palette-group">
      {entries.map((entry) => (
        <Command.Item
          key={entry.text}
          value={entry.text}
          className="palette-item"
          onSelect={() => {
            close();
            entry.run();
          }}
        >
          <Icon name={entry.icon} className="text-muted" />
          {entry.text}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** Syncing and opening what is connected, connecting what is not. */
function useSourceEntries(): Entry[] {
  const api = useApi();
  const { act } = useAction();
  const { data } = useResource("palette", (signal) => api.sources(signal));
  return (data?.integrations ?? []).flatMap((source): Entry[] => {
    const name = source.integration;
    if (source.status === "not_connected") {
      const connect = () => navigate(`/sources?connect=${encodeURIComponent(name)}`);
      return [{ text: `Connect ${name}`, icon: "plug", run: connect }];
    }
    const sync = () =>
      void act(() => api.sync(name, "incremental"), {
        done: (started) => startedWords(`Sync of ${name}`, started),
        failed: `${name} did not start.`,
      });
    return [
      { text: `Sync ${name} now`, icon: "sync", run: sync },
      { text: `Open ${name}`, icon: "plug", run: () => navigate(sourcePath(name)) },
    ];
  });
}

const goTo: readonly Entry[] = places.map((place) => ({
  text: place.text,
  icon: place.icon,
  run: () => navigate(place.href),
}));

const others: readonly Entry[] = [
  { text: "Make a token for an agent", icon: "key", run: () => navigate("/settings/access") },
  { text: "Look for what is wrong", icon: "heart", run: () => navigate("/settings/health") },
  { text: "Keyboard shortcuts", icon: "help", run: () => signals.shortcuts.raise() },
  ...themes.map((theme) => ({
    text: `Theme: ${theme}`,
    icon: "sun" as const,
    run: () => applyTheme(theme),
  })),
];

/** Value of the entry that searches for whatever is typed; it comes last, after all that is named so. */
const anyWords = "search for these words";

function rank(value: string, typed: string, keywords?: string[]): number {
  return value === anyWords ? 1e-6 : defaultFilter(value, typed, keywords);
}

/** Searches for what is typed, whatever that is. */
function SearchItem({ query, close }: { query: string; close: () => void }) {
  const search = () => navigate(`/search?q=${encodeURIComponent(query)}`);
  return (
    <Command.Item forceMount value={anyWords} className="palette-item" onSelect={() => (close(), search())}>
      <Icon name="search" className="text-muted" />
      <span className="min-w-0 truncate" dir="auto">
        Search for “{query}”
      </span>
    </Command.Item>
  );
}

interface PaletteProps {
  /** The field as it was while this was fetched, with what was typed. */
  field: { value: string; maxLength: number; className: string; placeholder: string };
  setTyped: (typed: string) => void;
  /** Called before what was chosen is done. */
  close: () => void;
}

/** What is in the palette's dialog. */
export function Palette({ field, setTyped, close }: PaletteProps) {
  const input = useRef<HTMLInputElement>(null);
  const sources = useSourceEntries();
  const views = useSavedViews().views.map(({ name, path }) => ({
    text: name,
    icon: "star" as const,
    run: () => navigate(path),
  }));
  // It takes the place of the field in which somebody may be typing.
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(input.current.value.length, input.current.value.length);
  }, []);
  const query = field.value.trim();
  return (
    <Command label="Go to or do something" loop filter={rank}>
      <Command.Input {...field} ref={input} onValueChange={setTyped} />
      <Command.List className="palette-list" label="What can be done">
        <Command.Empty className="px-4 py-3 text-muted">Nothing of that name.</Command.Empty>
        <Group heading="Go to" entries={goTo} close={close} />
        {views.length === 0 ? null : <Group heading="Saved views" entries={views} close={close} />}
        <Group heading="Sources" entries={sources} close={close} />
        <Group heading="Do" entries={others} close={close} />
        {query === "" ? null : <SearchItem query={query} close={close} />}
      </Command.List>
    </Command>
  );
}
