import { useEffect, useRef } from "react";
import { navigate } from "@/client/router";
import { signals } from "@/client/signals";
import { Button } from "@/client/ui/button";
import { Icon } from "@/client/ui/icons";
import { enterRows } from "@/client/ui/row-keys";
import { searchPath, type SearchState } from "./search-state";
import { useTyped } from "./use-typed";

const typingPause = 180;

function Clear({ text, clear }: { text: string; clear: () => void }) {
  return (
    <Button look="quiet" className="inset-y-0 end-1.5 my-auto min-[20rem]:absolute" onClick={clear}>
      {text}
    </Button>
  );
}

/** A field that takes focus, and what is in it to be typed over, whenever somebody asks for it. */
function useFieldToFind() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(
    () =>
      signals.find.listen(() => {
        field.current?.focus();
        field.current?.select();
      }),
    [],
  );
  return field;
}

/** Where the question is typed: it is asked at every pause. Escape and the cross take it back, an arrow goes to the hits. */
export function SearchBox({ state, busy }: { state: SearchState; busy: boolean }) {
  const { text, setText, flush } = useTyped(
    state.query,
    (query) => navigate(searchPath({ ...state, query }), "replace"),
    typingPause,
  );
  const field = useFieldToFind();
  const clear = () => {
    setText("");
    field.current?.focus();
    navigate(searchPath({ ...state, query: "" }), "replace");
  };
  return (
    <form
      className="relative"
      onSubmit={(event) => {
        event.preventDefault();
        flush();
      }}
    >
      <label htmlFor="query" className="sr-only">
        Search everything that is synced
      </label>
      <Icon name="search" className="pointer-events-none absolute start-3 top-4 text-muted" />
      <input
        ref={field}
        id="query"
        type="search"
        name="q"
        dir="auto"
        autoComplete="off"
        maxLength={10_000}
        // Typing is what this page is for.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        className="field min-h-12 ps-10 text-base min-[20rem]:pe-24"
        placeholder="What did we decide about…"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          // Such keys first choose among what an input method offers.
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Escape") clear();
          if (event.key === "ArrowDown") enterRows(event);
        }}
      />
      {text === "" ? null : <Clear text={busy ? "Cancel" : "Clear"} clear={clear} />}
    </form>
  );
}
