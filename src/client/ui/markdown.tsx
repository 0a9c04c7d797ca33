/** Markdown with the reader loaded when it is first needed, so the first page stays small. */
import { lazy, Suspense } from "react";
import { pageCode } from "@/client/data/page-code";
import { Bone, Loading } from "./states";

const Reader = lazy(async () => ({ default: (await pageCode(import("./markdown-reader"))).MarkdownReader }));

/** Renders markdown from a source: no raw HTML runs, no image is fetched, no script link works. */
export function Markdown({ text }: { text: string }) {
  return (
    <Suspense
      fallback={
        <Loading what="text">
          <Bone className="h-24 w-full" />
        </Loading>
      }
    >
      <Reader text={text} />
    </Suspense>
  );
}
