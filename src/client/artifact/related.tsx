import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { artifactPath, Link } from "@/client/router";
import { AsideSection } from "./aside-section";

/** Artifacts that read alike. Nothing is said where there are none, or while they are not known. */
export function Related({ id }: { id: string }) {
  const api = useApi();
  const { data, error } = useResource(`related ${id}`, (signal) => api.related(id, signal));
  if (error !== undefined) {
    return (
      <AsideSection title="Related">
        <p className="text-sm text-muted">They could not be loaded. {error.message}</p>
      </AsideSection>
    );
  }
  if (data === undefined || data.related.length === 0) return null;
  return (
    <AsideSection title="Related">
      <ul className="space-y-2 text-sm">
        {data.related.map((one) => (
          <li key={one.id}>
            <Link dir="auto" className="text-link line-clamp-2" href={artifactPath(one.id)}>
              {one.title === "" ? "Without a title" : one.title}
            </Link>
            <span className="line-clamp-1 text-muted">
              {one.integration}
              {one.shared.length === 0 ? "" : ` · also mentions ${one.shared.slice(0, 3).join(", ")}`}
            </span>
          </li>
        ))}
      </ul>
    </AsideSection>
  );
}
