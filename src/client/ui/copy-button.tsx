import { useEffect, useState } from "react";
import { Button } from "./button";
import { useNotices } from "./notices";

/** Copies a text and says so, on the button and to screen readers. */
export function CopyButton({ text, what, named = "Copy" }: { text: string; what: string; named?: string }) {
  const [copied, setCopied] = useState(false);
  const { announce, notify } = useNotices();
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce(`Copied ${what}.`);
    } catch {
      notify("The browser did not allow copying. Select the text and copy it by hand.", "bad");
    }
  };
  return (
    <Button icon={copied ? "check" : "copy"} aria-label={`Copy ${what}`} onClick={() => void copy()}>
      {copied ? "Copied" : named}
    </Button>
  );
}
