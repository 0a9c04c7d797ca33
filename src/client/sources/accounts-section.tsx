/** The connected accounts of a source: narrowed by name and by trouble, and some at first where they are many. */
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { navigate, sourcePath, useLocation } from "@/client/router";
import { count } from "@/client/runs/words";
import { useTyped } from "@/client/search/use-typed";
import { Button } from "@/client/ui/button";
import { SearchField } from "@/client/ui/search-field";
import { Section } from "@/client/ui/section";
import { Empty } from "@/client/ui/states";
import type { Source } from "@/core/models/api";
import { accountsQuery, readAccountFilters, shownAccounts, type AccountFilters } from "./account-view";
import { AccountsTable } from "./accounts-table";
import type { Asking } from "./asking";

/** So many are seen at a glance: no filter is needed. */
const few = 8;
/** Shown at first, and more with each press. */
const step = 20;
const typingPause = 150;

/** Fields that narrow the list, and how many it then holds. */
function Bar({
  all,
  troubled,
  filters,
  go,
}: {
  all: number;
  troubled: number;
  filters: AccountFilters;
  go: (next: Partial<AccountFilters>) => void;
}) {
  const { text, setText, flush } = useTyped(filters.text, (typed) => go({ text: typed }), typingPause);
  return (
    <search className="mb-3 flex flex-wrap gap-2">
      <SearchField
        label="Account name or problem contains"
        place="min-w-0 flex-1 basis-56"
        dir="auto"
        maxLength={500}
        placeholder="Account name or problem contains…"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") flush();
        }}
      />
      <select
        aria-label="Which accounts"
        className="field w-auto"
        value={filters.onlyTrouble ? "trouble" : "all"}
        onChange={(event) => go({ onlyTrouble: event.target.value === "trouble" })}
      >
        <option value="all">All {all} accounts</option>
        <option value="trouble">Need attention ({troubled})</option>
      </select>
    </search>
  );
}

/** Gives focus to the first thing in a row that can be pressed. */
function focusRow(row: Element | undefined): void {
  for (const part of row?.querySelectorAll<HTMLElement>("a, button") ?? []) {
    part.focus();
    // A narrow window leaves out the column of the first one.
    if (document.activeElement === part) return;
  }
}

/** The table, and below it the way to more, from which whoever has seen it go goes on with the rows that came. */
function Paged({ accounts, ...rest }: Parameters<typeof AccountsTable>[0]) {
  const [most, setMost] = useState(step);
  const box = useRef<HTMLDivElement>(null);
  const left = accounts.length - most;
  const more = Math.min(left, 5 * step);
  const showMore = () => {
    flushSync(() => setMost(most + more));
    if (more === left) focusRow(box.current?.querySelectorAll("tbody tr")[most]);
  };
  return (
    <div ref={box}>
      <AccountsTable accounts={accounts.slice(0, most)} {...rest} />
      {left > 0 ? (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <Button onClick={showMore}>Show {more} more</Button>
          <output className="text-sm text-muted tabular-nums">
            {most} of {count(accounts.length, "account")}
          </output>
        </div>
      ) : null}
    </div>
  );
}

/** All accounts of a source, each with what can be done with it alone. */
export function AccountsSection({
  source,
  ask,
  reload,
}: {
  source: Source;
  ask: (asking: Asking) => void;
  reload: () => void;
}) {
  const filters = readAccountFilters(useLocation().searchParams);
  const shown = shownAccounts(source, filters);
  const go = (next: Partial<AccountFilters>) =>
    navigate(sourcePath(source.integration) + accountsQuery({ ...filters, ...next }), "replace");
  const narrowed = filters.onlyTrouble || filters.text !== "";
  const troubled = shownAccounts(source, { text: "", onlyTrouble: true }).length;
  return (
    <Section
      title="Accounts"
      actions={
        <Button icon="plug" onClick={() => ask({ what: "connect", integration: source.integration })}>
          Add an account
        </Button>
      }
    >
      {source.accounts.length > few || narrowed ? (
        <Bar all={source.accounts.length} troubled={troubled} filters={filters} go={go} />
      ) : null}
      <output className="sr-only">{narrowed ? count(shown.length, "account") : ""}</output>
      {shown.length === 0 && narrowed ? (
        <Empty title="No account fits these filters">
          <Button onClick={() => go({ text: "", onlyTrouble: false })}>Clear filters</Button>
        </Empty>
      ) : (
        <Paged key={accountsQuery(filters)} source={source} accounts={shown} ask={ask} reload={reload} />
      )}
    </Section>
  );
}
