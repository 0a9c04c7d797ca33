/** Markdown with the reader loaded when it is first needed, so the first page stays small. */
import { lazy, Suspense, type ComponentProps } from "react";
import { pageCode } from "@/client/data/page-code";
import { Bone, Loading } from "./states";

const Reader = lazy(async () => ({ default: (await pageCode(import("./markdown-reader"))).MarkdownReader }));

/** Renders markdown from a source: no raw HTML runs, no image is fetched, no script link works. */
export function Markdown(props: ComponentProps<typeof Reader>) {
  return (
    <Suspense
      fallback={
        <Loading what="text">
          <Bone className="h-24 w-full" />
        </Loading>
      }
    >
      <Reader {...props} />
    </Suspense>
  );
}
