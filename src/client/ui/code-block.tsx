import { CopyButton } from "./copy-button";

/** A text to copy, whole and as it is. */
export function CodeBlock({ text, what, copy = text }: { text: string; what: string; copy?: string }) {
  return (
    <div className="relative flex min-h-12 flex-col-reverse rounded-md border border-line bg-sunken">
      <pre
        dir="ltr"
        className="px-3 py-3.5 font-mono text-[0.8125rem] leading-5 wrap-anywhere whitespace-pre-wrap min-[20rem]:pe-24"
      >
        {text}
      </pre>
      <div className="p-1.5 pb-0 min-[20rem]:absolute min-[20rem]:end-0 min-[20rem]:top-0">
        <CopyButton text={copy} what={what} />
      </div>
    </div>
  );
}
