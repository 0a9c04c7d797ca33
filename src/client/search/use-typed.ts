import { useEffect, useRef, useState } from "react";

/**
 * A text that someone types, handed on once they pause. A value that changes from outside, as by the back button,
 * replaces what was typed.
 *
 * @param pause milliseconds without a key before the text is handed on
 */
export function useTyped(value: string, commit: (text: string) => void, pause: number) {
  const [text, setText] = useState(value);
  const handedOn = useRef(value);
  const latest = useRef(commit);
  latest.current = commit;
  useEffect(() => {
    if (value === handedOn.current) return;
    handedOn.current = value;
    setText(value);
  }, [value]);
  const flush = (typed: string) => {
    if (typed === handedOn.current) return;
    handedOn.current = typed;
    latest.current(typed);
  };
  useEffect(() => {
    const timer = setTimeout(() => flush(text), pause);
    return () => clearTimeout(timer);
    // Only typing starts the pause anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [text, pause]);
  return { text, setText, flush: () => flush(text) };
}
