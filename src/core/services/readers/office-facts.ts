import { toIso } from "@/lib/time";
import type { OfficeParts } from "./office-parts";
import type { ReaderResult } from "./reader";
import { cleanTitle } from "./title";

/** Title, author and date from an Office file's properties (ECMA-376, part 2). */
export function officeFacts(parts: OfficeParts): Pick<ReaderResult, "title" | "author" | "artifactDate"> {
  const core = new TextDecoder().decode(parts["docProps/core.xml"]?.subarray(0, 64_000));
  const author = cleanTitle(property(core, "dc:creator"));
  const date = toIso(property(core, "dcterms:modified") || property(core, "dcterms:created"));
  return {
    title: cleanTitle(property(core, "dc:title")) || undefined,
    ...(author === "" ? {} : { author }),
    ...(date === undefined ? {} : { artifactDate: date }),
  };
}

/** One simple element's text from the document's properties. */
function property(xml: string, element: string): string {
  const start = xml.indexOf(`<${element}`);
  const open = start === -1 ? -1 : xml.indexOf(">", start);
  const end = open === -1 || xml[open - 1] === "/" ? -1 : xml.indexOf(`</${element}>`, open);
  if (end === -1) return "";
  return xml
    .slice(open + 1, end)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
