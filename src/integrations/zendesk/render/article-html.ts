const SCHEME = /^\s*[a-z][a-z\d+.-]*:/i;

/**
 * An article's HTML so that it can be read elsewhere: links and pictures that say only where in the help centre they are
 * get their whole address, and what is embedded, such as a film, is a link.
 *
 * @param base the article's own address; where there is none, the HTML stays as it is.
 */
export function readElsewhere(html: string, base: string): string {
  if (!URL.canParse(base)) return html;
  const whole = (name: string) => ({
    element: (tag: HTMLRewriterTypes.Element) => {
      const given = tag.getAttribute(name) ?? "";
      const address = SCHEME.test(given) ? undefined : URL.parse(given, base)?.href;
      if (address !== undefined) tag.setAttribute(name, address);
    },
  });
  return new HTMLRewriter()
    .on("a[href]", whole("href"))
    .on("img[src]", whole("src"))
    .on("iframe[src]", {
      element: (frame) => {
        const address = URL.parse(frame.getAttribute("src") ?? "", base)?.href;
        if (address === undefined || !/^https?:/.test(address)) return;
        const name = frame.getAttribute("title")?.trim() || address;
        // What stands in an attribute is HTML already, but for signs that end a text only outside of one.
        const text = name.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
        frame.replace(`<a href="${address}">${text}</a>`, { html: true });
      },
    })
    .transform(html);
}
