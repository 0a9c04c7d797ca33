import { useDeferredValue, useEffect, useRef, useState } from "react";
import { count } from "@/client/runs/words";
import { Button } from "@/client/ui/button";
import { Icon } from "@/client/ui/icons";
import { Section } from "@/client/ui/section";
import { Empty } from "@/client/ui/states";
import type { Source } from "@/core/models/api";
import { AvailableCard } from "./source-card";
import { groupsOf, matching } from "./source-view";

/** Sources that are not connected yet, found by typing; Enter connects the first. `focused` puts the cursor there. */
export function Gallery({
  sources,
  connect,
  focused,
}: {
  sources: readonly Source[];
  connect: (source: Source) => void;
  focused: boolean;
}) {
  const [typed, setTyped] = useState("");
  const found = groupsOf(matching(sources, useDeferredValue(typed)), typed).flatMap(({ members }) => members);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  const [first] = found;
  return (
    <Section
      title="Available"
      lead={count(sources.length, "source")}
      actions={
        <div className="relative">
          <label htmlFor="find-source" className="sr-only">
            Find a source
          </label>
          <Icon
            name="search"
            className="pointer-events-none absolute inset-y-0 start-2.5 my-auto text-muted"
          />
          <input
            ref={field}
            id="find-source"
            type="search"
            className="field w-56 ps-8"
            placeholder="Find a source"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && first !== undefined) connect(first);
            }}
          />
        </div>
      }
    >
      <output className="sr-only">{typed === "" ? "" : count(found.length, "source")}</output>
      {found.length === 0 ? (
        <Empty title={`No source for “${typed.slice(0, 60)}”`}>
          <p>It may be connected already. An agent can build a new one from the skill in this repository.</p>
          <Button onClick={() => setTyped("")}>Clear</Button>
        </Empty>
      ) : (
        groupsOf(found, typed).map(({ title, members }) => (
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
        ))
      )}
    </Section>
  );
}
