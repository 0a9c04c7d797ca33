import { expect, test } from "bun:test";
import { z } from "zod";

test("a start loads no source's way to sync, and no library that only some work needs", async () => {
  const script = 'await import("@/index"); process.stdout.write(JSON.stringify(Object.keys(require.cache)));';
  const child = Bun.spawn([process.execPath, "-e", script], {
    cwd: new URL("..", import.meta.url).pathname,
    stdout: "pipe",
    stderr: "inherit",
  });
  const loaded = z.array(z.string()).parse(JSON.parse(await new Response(child.stdout).text()));
  expect(await child.exited).toBe(0);
  // That they are listed at all.
  expect(loaded.some((path) => path.endsWith("/integrations/slack/integration.ts"))).toBe(true);
  const early = loaded.filter((path) =>
    /\/sync-steps\/(streams|stream|articles|issues|content|kind-stream)\.ts$|@opentelemetry|htmlparser2|picomatch/.test(
      path,
    ),
  );
  expect(early).toEqual([]);
});
