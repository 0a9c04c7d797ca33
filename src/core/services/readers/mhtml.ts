import { toIso } from "@/lib/time";
import { parseEmail, readEmail } from "./email";
import { readHtml } from "./html";
import { webAddress } from "./markdown";
import type { DocumentInput, ReaderResult } from "./reader";

/** A web page that was saved with its pictures in one file (`.mhtml`), as browsers, Word and wikis write it. */
export async function readMhtml(input: DocumentInput): Promise<ReaderResult> {
  const saved = await parseEmail(input);
  if (saved.html === undefined) return readEmail(input);
  const page = await readHtml(input, saved.html);
  const header = (name: string) => saved.headers.find(({ key }) => key === name)?.value;
  const url = page.url ?? webAddress(header("snapshot-content-location") ?? header("content-location"));
  const date = page.artifactDate ?? toIso(saved.date);
  return {
    ...page,
    title: page.title || saved.subject,
    ...(url === undefined ? {} : { url }),
    ...(date === undefined ? {} : { artifactDate: date }),
  };
}
