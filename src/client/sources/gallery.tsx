import { useDeferredValue, useEffect, useRef, useState } from "react";
import { count } from "@/client/runs/words";
import { signals } from "@/client/signals";
import { Button } from "@/client/ui/button";
import { SearchField } from "@/client/ui/search-field";
import { Section } from "@/client/ui/section";
import { Empty } from "@/client/ui/states";
import type { Source } from "@/core/models/api";
import { AvailableCard } from "./source-card";
import { groupsOf, matching } from "./source-view";

interface Props {
  sources: readonly Source[];
  connect: (source: Source) => void;
  focused: boolean;
}

/** What is available, group by group. */
function Groups({ groups, connect }: Pick<Props, "connect"> & { groups: ReturnType<typeof groupsOf> }) {
  return groups.map(({ title, members }) => (
    <div key={title} className="mt-5 first:mt-0">
      {title === "" ? null : <h3 className="mb-2 text-sm font-medium text-muted">{title}</h3>}
      <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {members.map((source) => (
          <AvailableCard
            key={source.integration}
            source={source}
            level={title === "" ? "h3" : "h4"}
            connect={() => connect(source)}
          />
        ))}
      </ul>
    </div>
  ));
}

/** Sources that are not connected yet, found by typing; Enter connects the first. `focused` puts the cursor there. */
export function Gallery({ sources, connect, focused }: Props) {
  const [typed, setTyped] = useState("");
  const groups = groupsOf(matching(sources, useDeferredValue(typed)), typed);
  const found = groups.flatMap(({ members }) => members);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  useEffect(() => signals.find.listen(() => field.current?.focus()), []);
  const [first] = found;
  return (
    <Section
      title="Available"
      lead={count(sources.length, "source")}
      actions={
        <SearchField
          ref={field}
          id="find-source"
          label="Find a source"
          className="w-56"
          placeholder="Find a source"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && first !== undefined) connect(first);
          }}
        />
      }
    >
      <output className="sr-only">{typed === "" ? "" : count(found.length, "source")}</output>
      {found.length === 0 ? (
        <Empty title={`No source for “${typed.slice(0, 60)}”`}>
          <p>It may be connected already. An agent can build a new one from the skill in this repository.</p>
          <Button onClick={() => setTyped("")}>Clear</Button>
        </Empty>
      ) : (
        <Groups groups={groups} connect={connect} />
      )}
    </Section>
  );
}
