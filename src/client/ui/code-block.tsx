import { CopyButton } from "./copy-button";

/** A text to copy, whole and as it is. */
export function CodeBlock({ text, what, copy = text }: { text: string; what: string; copy?: string }) {
  return (
    <div className="relative min-h-12 rounded-md border border-line bg-sunken">
      <pre dir="ltr" className="px-3 py-3.5 pe-24 font-mono text-[0.8125rem] leading-5 whitespace-pre-wrap">
        {text}
      </pre>
      <div className="absolute end-1.5 top-1.5">
        <CopyButton text={copy} what={what} />
      </div>
    </div>
  );
}
