import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { useResource } from "@/client/data/use-resource";
import { Button } from "@/client/ui/button";

export const sampleAccount = "Sample workspace";

/** One press connects the bundled workspace of a made-up company and syncs it. Nothing where it was not shipped. */
export function SampleOffer({ done, look = "plain" }: { done: () => void; look?: "plain" | "primary" }) {
  const api = useApi();
  const { busy, act } = useAction();
  const { data } = useResource("system", (signal) => api.system(signal));
  const path = data?.samples ?? null;
  const connect = async () => {
    if (path === null) return;
    const started = await act(
      async () => {
        await api.connect({ integration: "Files", account: sampleAccount, options: { path } });
        return api.sync("Files", "incremental", { account: sampleAccount });
      },
      {
        done: "The sample workspace is connected. Its first sync has started.",
        failed: "That did not work.",
      },
    );
    if (started !== undefined) done();
  };
  return (
    <Button look={look} icon="play" disabled={busy || path === null} onClick={() => void connect()}>
      {busy ? "Connecting…" : "Try it with the sample workspace"}
    </Button>
  );
}
