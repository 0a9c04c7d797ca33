import { useEffect, useRef, type ReactNode } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { Icon } from "./icons";
import { markLines, type MarkedLines } from "./mark-lines";
import { isWebLink } from "./safe-link";
import { ScrollBox } from "./scroll-box";

/** A link out of a text: opened without a handle on this page, or plain text when it is no web address. */
function OutLink({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  if (href !== undefined && href.startsWith("#")) return <a href={href}>{children}</a>;
  if (!isWebLink(href)) return <span>{children}</span>;
  return (
    <a href={href} rel="noopener noreferrer nofollow" target="_blank">
      {children}
    </a>
  );
}

/** Images are named and linked, not loaded: a text must not make this browser call a stranger's server. */
function ImageLink({ src, alt }: { src?: unknown; alt?: string | undefined }) {
  const name = `Image: ${alt === undefined || alt === "" ? "without a description" : alt}`;
  return <OutLink href={typeof src === "string" ? src : undefined}>{name}</OutLink>;
}

/** The page's title is its only h1, so a text's headings start one level lower. */
const components: Components = {
  a: ({ href, children }) => <OutLink href={href}>{children}</OutLink>,
  img: ({ src, alt }) => <ImageLink src={src} alt={alt} />,
  h1: ({ children }) => <h2 dir="auto">{children}</h2>,
  h2: ({ children }) => <h3 dir="auto">{children}</h3>,
  h3: ({ children }) => <h4 dir="auto">{children}</h4>,
  h4: ({ children }) => <h5 dir="auto">{children}</h5>,
  h5: ({ children }) => <h6 dir="auto">{children}</h6>,
  h6: ({ children }) => <h6 dir="auto">{children}</h6>,
  p: ({ children }) => <p dir="auto">{children}</p>,
  li: ({ children, className }) => (
    <li dir="auto" className={className}>
      {children}
    </li>
  ),
  blockquote: ({ children }) => <blockquote dir="auto">{children}</blockquote>,
  input: ({ checked }) => (
    <>
      <Icon name={checked === true ? "boxDone" : "box"} className="inline-block align-[-0.2em]" />
      <span className="sr-only">{checked === true ? "Done:" : "To do:"}</span>
    </>
  ),
  pre: ({ children }) => (
    <ScrollBox label="Code">
      <pre dir="ltr">{children}</pre>
    </ScrollBox>
  ),
  table: ({ children }) => (
    <ScrollBox label="Table" dir="auto">
      <table>{children}</table>
    </ScrollBox>
  ),
};

/**
 * Renders GitHub-flavoured markdown. HTML inside it is shown as the text it is. What stands on `lines` is marked, and in
 * view when it is first drawn.
 */
export function MarkdownReader({ text, lines }: { text: string; lines?: MarkedLines | undefined }) {
  const prose = useRef<HTMLDivElement>(null);
  useEffect(() => {
    prose.current?.querySelector("mark")?.scrollIntoView({ block: "center" });
  }, []);
  return (
    <div ref={prose} className="prose">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={lines === undefined ? [] : [() => markLines(lines)]}
        components={components}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
