import { Link, sourcePath } from "@/client/router";
import { count } from "@/client/runs/words";
import type { Source } from "@/core/models/api";
import { accountsQuery } from "./account-view";

/** The way to the accounts in trouble that have no place here; nothing where all of them have. */
export function MoreInTrouble({ source, more }: { source: Source; more: number }) {
  if (more <= 0) return null;
  return (
    <p className="text-sm">
      <Link
        className="text-link"
        href={sourcePath(source.integration) + accountsQuery({ text: "", onlyTrouble: true })}
      >
        {count(more, "more account needs", "more accounts need")} attention
        <span className="sr-only">: {source.integration}</span>
      </Link>
    </p>
  );
}
