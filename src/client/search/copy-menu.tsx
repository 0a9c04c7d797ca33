import { ActionMenu } from "@/client/ui/menu";
import { useNotices } from "@/client/ui/notices";
import type { HttpSearchInput } from "@/core/models/search";
import { asCommand, asCurl, asMcpCall } from "./copy-forms";

/** Copies the search as it would be asked elsewhere. */
export function CopyMenu({ input }: { input: HttpSearchInput }) {
  const { notify } = useNotices();
  const copy = async (text: string, what: string) => {
    try {
      await navigator.clipboard.writeText(text);
      notify(`Copied as ${what}.`);
    } catch {
      notify("The browser did not allow copying.", "bad");
    }
  };
  return (
    <ActionMenu
      label="Copy as another form of this search"
      icon="copy"
      text="Copy as"
      entries={[
        { text: "MCP call", icon: "terminal", run: () => void copy(asMcpCall(input), "an MCP call") },
        { text: "curl", icon: "terminal", run: () => void copy(asCurl(location.origin, input), "curl") },
        { text: "Command line", icon: "terminal", run: () => void copy(asCommand(input), "a command") },
      ]}
    />
  );
}
