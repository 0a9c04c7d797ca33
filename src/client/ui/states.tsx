/** What a view shows when it has no data to show: loading, nothing there, or a failure. */
import type { ReactNode } from "react";
import type { ApiError } from "@/client/api";
import { Button } from "./button";
import { Icon } from "./icons";

/** A grey block that keeps the place of what is loading. */
export function Bone({ className }: { className: string }) {
  return <div className={`bone ${className}`} />;
}

/** Wraps skeletons: says "Loading" once to screen readers and hides the blocks from them. */
export function Loading({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div>
      <output className="sr-only">Loading {what}…</output>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}

/** Nothing there: says why and what to do next. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="rounded-lg border border-dashed border-edge px-5 py-8 text-center">
      <p className="font-semibold">{title}</p>
      <div className="mx-auto mt-1 max-w-prose space-y-3 text-balance text-muted">{children}</div>
    </div>
  );
}

/** A failure in plain words, with the way to try again. */
export function Failure({ title, error, retry }: { title: string; error: ApiError; retry?: () => void }) {
  return (
    <div role="alert" className="flex gap-3 rounded-lg bg-bad-soft px-4 py-3">
      <Icon name="alert" className="mt-1 text-bad" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold text-bad">{title}</p>
        <p dir="auto">{error.message}</p>
        {retry === undefined ? null : (
          <Button className="mt-3" icon="sync" onClick={retry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}

/** A view whose code is still under way, in its rough shape. */
export function PageBones() {
  return (
    <Loading what="this page">
      <Bone className="h-7 w-40" />
      <Bone className="mt-8 h-24" />
      <Bone className="mt-4 h-64" />
    </Loading>
  );
}
