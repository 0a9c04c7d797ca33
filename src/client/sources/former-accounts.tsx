/** What is left of accounts that are not connected any more, each with the way to remove it alone. */
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { count } from "@/client/runs/words";
import { Button } from "@/client/ui/button";
import { DataTable } from "@/client/ui/data-table";
import { Section } from "@/client/ui/section";
import type { Source } from "@/core/models/api";
import type { AskAbout } from "./asking";

/** Shown at first; a press shows the rest. */
const few = 20;

const columns = [
  { text: "Account" },
  { text: "Artifacts", from: "sm", end: true },
  { text: "Actions", unseen: true },
] as const;

function FormerRow({ account, artifacts, ask }: Source["formerAccounts"][number] & { ask: AskAbout }) {
  const amount = count(artifacts, "artifact");
  return (
    <tr className="row">
      <th scope="row" className="cell font-normal">
        <span dir="auto" className="line-clamp-2 font-mono text-[0.8125rem] leading-6">
          {account}
        </span>
        <span className="block text-sm text-muted sm:hidden">{amount}</span>
      </th>
      <td className="cell hidden text-end whitespace-nowrap tabular-nums sm:table-cell">{amount}</td>
      <td className="cell text-end">
        <Button
          look="danger"
          icon="trash"
          aria-label={`Remove… what is left of ${account.slice(0, 80)}`}
          onClick={() => ask("purge", account)}
        >
          Remove…
        </Button>
      </td>
    </tr>
  );
}

/** A section with a row an account; nothing where nothing is left. */
export function FormerAccounts({ source, ask }: { source: Source; ask: AskAbout }) {
  const [all, setAll] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const { formerAccounts } = source;
  if (formerAccounts.length === 0) return null;
  const shown = all ? formerAccounts : formerAccounts.slice(0, few);
  const showAll = () => {
    flushSync(() => setAll(true));
    // The button goes: whoever pressed it goes on with the rows that came.
    box.current?.querySelectorAll("tbody tr")[few]?.querySelector("button")?.focus();
  };
  return (
    <Section title="No longer connected" lead="What was synced from these can still be searched and read.">
      <div ref={box}>
        <DataTable caption="Accounts that are no longer connected" columns={columns}>
          {shown.map((one) => (
            <FormerRow key={one.account} {...one} ask={ask} />
          ))}
        </DataTable>
      </div>
      {shown.length < formerAccounts.length ? (
        <Button className="mt-3" onClick={showAll}>
          Show {formerAccounts.length - few} more
        </Button>
      ) : null}
    </Section>
  );
}
