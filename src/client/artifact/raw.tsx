import { useEffect, useRef } from "react";
import { CopyButton } from "@/client/ui/copy-button";
import { cutAtLines, type LineRange } from "./lines";

/** The markdown as it is stored, with the passage that a search found marked and in view. */
export function Raw({ markdown, lines }: { markdown: string; lines: LineRange | undefined }) {
  const passage = useRef<HTMLElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which React would take for a clean-up.
    passage.current?.scrollIntoView({ block: "center" });
  }, []);
  const cut = lines === undefined ? undefined : cutAtLines(markdown, lines);
  return (
    <div>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-muted">
          {lines === undefined
            ? "The text as it is stored."
            : `Lines ${lines.start} to ${lines.end} are marked.`}
        </p>
        <CopyButton text={markdown} what="the markdown" />
      </div>
      <pre
        dir="auto"
        className="rounded-md bg-sunken p-4 font-mono text-[0.8125rem] leading-relaxed whitespace-pre-wrap"
      >
        {cut === undefined ? (
          markdown
        ) : (
          <>
            {cut.before}
            <mark ref={passage}>{cut.inside}</mark>
            {cut.after}
          </>
        )}
      </pre>
    </div>
  );
}
