import { useConnection } from "@/client/data/live-runs";
import { Icon } from "@/client/ui/icons";

/** Says over everything else that the server is out of reach; gone as soon as it is back. */
export function OfflineBanner() {
  const lost = useConnection() === "lost";
  return (
    <output className="block">
      {lost ? (
        <span className="flex items-start gap-2 border-b border-line bg-warn-soft px-4 py-2 text-sm text-warn sm:px-6">
          <Icon name="alert" className="mt-0.5" />
          Stoneturner does not answer. What you see may be old; it is loaded again as soon as the server is
          back.
        </span>
      ) : null}
    </output>
  );
}

/** A small light in the navigation: whether changes come by themselves. */
export function ConnectionLight() {
  const connection = useConnection();
  const words = { connecting: "Connecting…", live: "Live", lost: "Out of reach" }[connection];
  const colour = { connecting: "bg-edge", live: "bg-accent", lost: "bg-bad" }[connection];
  return (
    <span className="inline-flex items-center gap-1.5 text-xs text-muted">
      <span aria-hidden="true" className={`size-2 rounded-full ${colour}`} />
      {words}
    </span>
  );
}
