/**
 * What one frame of a page costs while it scrolls, from Chromium's own trace: script, style, layout and paint on the
 * page's main thread. That does not count time that the processor spent on something else, so it is fair on a busy
 * machine, where the time between two frames is not.
 */
import type { CDPSession, Page } from "playwright-core";
import { z } from "zod";

const eventSchema = z.looseObject({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  ts: z.number(),
  /** Microseconds of the thread's own processor time. */
  tdur: z.number().optional(),
  dur: z.number().optional(),
});
type TraceEvent = z.infer<typeof eventSchema>;

const collectedSchema = z.object({ value: z.array(z.unknown()) });

/** A task of a thread, with everything that ran in it. */
const taskName = "RunTask";
/** One in each frame: the callback in which the scroll position is moved. */
const frameName = "FireAnimationFrame";

/** Runs `what` and resolves with the trace of it. */
async function traced(session: CDPSession, what: () => Promise<unknown>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", (data) => {
    for (const raw of collectedSchema.parse(data).value) {
      const event = eventSchema.safeParse(raw).data;
      if (event !== undefined) events.push(event);
    }
  });
  const complete = new Promise<void>((resolve) => session.once("Tracing.tracingComplete", () => resolve()));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: {
      includedCategories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"],
    },
  });
  await what();
  await session.send("Tracing.end");
  await complete;
  return events;
}

/**
 * Milliseconds of main-thread processor time for each frame that was drawn while `what` ran: all tasks from the one
 * before up to and with the one that made the frame.
 */
export async function frameCosts(page: Page, what: () => Promise<unknown>): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  const events = (await traced(session, what)).toSorted((a, b) => a.ts - b.ts);
  await session.detach();
  const thread = mainThread(events);
  const own = events.filter(({ pid, tid }) => `${pid} ${tid}` === thread);
  const tasks = own.filter(({ name, ph }) => ph === "X" && name === taskName);
  const frames = own.filter(({ name }) => name === frameName).map(({ ts }) => ts);
  const costs: number[] = [];
  let cost = 0;
  let next = 0;
  for (const { ts, dur = 0, tdur = dur } of tasks) {
    cost += tdur;
    const drawn = frames.findIndex((at, place) => place >= next && at >= ts && at <= ts + dur);
    if (drawn < 0) continue;
    costs.push(cost / 1_000);
    cost = 0;
    next = drawn + 1;
  }
  return costs.slice(1);
}

/** The thread that most frames began on. */
function mainThread(events: readonly TraceEvent[]): string {
  const counts = Map.groupBy(
    events.filter(({ name }) => name === frameName),
    ({ pid, tid }) => `${pid} ${tid}`,
  );
  const [most] = [...counts].toSorted(([, a], [, b]) => b.length - a.length);
  if (most === undefined) throw new Error("The trace has no frame.");
  return most[0];
}
