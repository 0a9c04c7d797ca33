/** Bundles the web page in memory: files by path, with hashed names. */
import { basename, join } from "node:path";

/** One file of the page, as the server sends it. */
export interface ClientFile {
  body: Uint8Array | string;
  type: string;
}

const title = "Stoneturner";

/** The page's own HTML: no inline script or style, so it may be served under `default-src 'self'`. */
export function pageHtml(script: string, style: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title}</title>
    <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="${style}" />
    <script type="module" src="${script}"></script>
  </head>
  <body>
    <div id="root"></div>
    <noscript>Stoneturner's page needs JavaScript. The same answers are at /api and /mcp.</noscript>
  </body>
</html>
`;
}

/**
 * Builds the page for production: `/` is the HTML, beside it one style sheet and the scripts. Names carry a hash of
 * their content, so all but `/` may be cached for ever.
 *
 * @throws AggregateError when the source does not bundle.
 */
export async function buildClient(): Promise<ReadonlyMap<string, ClientFile>> {
  // Loaded when the page is first asked for: the server is ready without it.
  const { default: tailwind } = await import("bun-plugin-tailwind");
  const built = await Bun.build({
    entrypoints: [join(import.meta.dir, "main.tsx"), join(import.meta.dir, "styles.css")],
    target: "browser",
    format: "esm",
    minify: true,
    splitting: true,
    publicPath: "/",
    naming: { entry: "client-[hash].[ext]", chunk: "client-[hash].[ext]", asset: "client-[hash].[ext]" },
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [tailwind],
  });
  const files = new Map<string, ClientFile>();
  let script = "";
  let style = "";
  for (const output of built.outputs) {
    const path = `/${basename(output.path)}`;
    files.set(path, { body: new Uint8Array(await output.arrayBuffer()), type: output.type });
    if (output.path.endsWith(".css")) style = path;
    else if (output.kind === "entry-point") script = path;
  }
  files.set("/", { body: pageHtml(script, style), type: "text/html;charset=utf-8" });
  return files;
}
