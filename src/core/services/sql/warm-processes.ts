/** The sandbox's processes: started when one is needed, kept warm, and all but one ended when they idle. */
import { ConflictError } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import type { SandboxProcess } from "./child-process";

/** How long a second process is kept that nobody needs, in milliseconds. */
const IDLE_MS = 60_000;

export interface WarmProcesses {
  /** One that nobody uses, or a new one. */
  take: () => Promise<SandboxProcess>;
  /** For the next who takes one, unless it died. */
  giveBack: (child: SandboxProcess) => void;
  /** Starts the next one already, where none is left; who takes it is told what goes wrong with it. */
  warm: () => void;
  close: () => Promise<void>;
}

export function createWarmProcesses(start: () => Promise<SandboxProcess>, log: Logger): WarmProcesses {
  const idle: Promise<SandboxProcess>[] = [];
  const taken = new Set<SandboxProcess>();
  let closed = false;
  let retiring: Timer | undefined;
  const take: WarmProcesses["take"] = async () => {
    if (closed) throw new ConflictError("The program is stopping.");
    const child = await (idle.pop() ?? start());
    if (!child.alive) return take();
    if (closed) {
      await child.kill();
      return take();
    }
    taken.add(child);
    return child;
  };
  const retire = () => {
    for (const one of idle.splice(1)) void one.then((child) => child.kill()).catch(() => undefined);
  };
  return {
    take,
    giveBack: (child) => {
      taken.delete(child);
      if (!child.alive) return;
      if (closed) {
        void child.kill();
        return;
      }
      idle.push(Promise.resolve(child));
      clearTimeout(retiring);
      retiring = setTimeout(retire, IDLE_MS);
      retiring.unref();
    },
    warm: () => {
      if (closed || idle.length > 0) return;
      const started = start();
      idle.push(started);
      started.catch((error: unknown) => log.warn("The SQL process could not be started.", { error }));
    },
    close: async () => {
      closed = true;
      clearTimeout(retiring);
      const left = await Promise.allSettled(idle.splice(0));
      const living = left.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      await Promise.all([...living, ...taken].map((child) => child.kill()));
    },
  };
}
