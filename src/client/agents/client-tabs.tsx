import { useApi } from "@/client/api";
import { Tabs } from "@/client/ui/tabs";
import { useResource } from "@/client/data/use-resource";
import { CodeBlock } from "@/client/ui/code-block";
import { agentSnippets } from "./snippets";

/** One tab an agent: where its text goes, and the text. */
export function ClientTabs({ token }: { token: string | undefined }) {
  const api = useApi();
  const { data } = useResource("system", (signal) => api.system(signal));
  const snippets = agentSnippets({
    origin: location.origin,
    token,
    projectRoot: data?.projectRoot,
    home: data?.home,
  });
  return (
    <Tabs
      label="Your agent"
      tabs={snippets.map(({ agent, where, text, note }) => ({
        name: agent,
        panel: (
          <div className="min-h-28 space-y-2">
            <p className="text-sm text-muted">{where}</p>
            <CodeBlock text={text} what={`the ${agent} snippet`} />
            {note === undefined ? null : <p className="text-sm text-muted">{note}</p>}
          </div>
        ),
      }))}
    />
  );
}
