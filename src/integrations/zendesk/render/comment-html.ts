/** Whoever has such an address reads the file, with or without an account. */
const FILE = /\/attachments\/token\//i;

/** A comment's HTML without pictures and without the addresses of its files: their names are told beside it. */
export function withoutFiles(html: string): string {
  return new HTMLRewriter()
    .on("img", {
      element: (image) => {
        const told = image.getAttribute("alt")?.trim() ?? "";
        // What stands in an attribute is HTML already, but for signs that end a text only outside of one.
        image.replace(told.replaceAll("<", "&lt;").replaceAll(">", "&gt;"), { html: true });
      },
    })
    .on("a[href]", {
      element: (link) => {
        if (FILE.test(link.getAttribute("href") ?? "")) link.removeAndKeepContent();
      },
    })
    .transform(html);
}
