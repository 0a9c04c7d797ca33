import { RightOfWay } from "@/lib/right-of-way";
import { WorkThread } from "./work-thread";
import type { BatchPart } from "./distil-batch";

/** One writes while the other works out: more would have no core on small machines. */
const THREADS = 2;

/** A batch that a thread works out and then writes. */
export interface ThreadBatch {
  /** Resolves when it is worked out, or cannot be. */
  workedOut: Promise<unknown>;
  /** Writes its next part, while the turn to write is lent; undefined when the thread could not. */
  write: () => Promise<BatchPart | undefined>;
}

/** One pass over a database. */
export interface ThreadPass {
  /** Has the artifacts with these row numbers worked out; undefined where no thread can be had. */
  begin: (numbers: readonly number[], embed: boolean) => ThreadBatch | undefined;
  /** Closes what the pass opened, and forgets what it did not write. */
  end: () => Promise<void>;
}

/**
 * Two threads that work artifacts out and write them through connections of their own, so that the process answers
 * meanwhile. Their connections are open during a pass alone.
 */
export class WorkThreads {
  readonly #threads: readonly WorkThread[];
  #passes = 0;

  /** @param rightOfWay what the threads let pass. */
  constructor({ shared } = new RightOfWay(), entry?: URL) {
    this.#threads = Array.from({ length: THREADS }, () => new WorkThread({ rightOfWay: shared }, entry));
  }

  /** Begins a pass over the database at `path`. */
  pass(path: string): ThreadPass {
    const pass = ++this.#passes;
    const used = new Set<WorkThread>();
    return {
      begin: (numbers, embed) => {
        const [thread] = this.#threads.toSorted((a, b) => a.load - b.load);
        const asked = thread?.ask({ what: "work out", pass, path, numbers, embed });
        if (thread === undefined || asked === undefined) return undefined;
        used.add(thread);
        return {
          workedOut: asked.answer,
          write: async () => (await thread.ask({ what: "write", batch: asked.job })?.answer)?.part,
        };
      },
      end: async () => {
        await Promise.all([...used].map(async (thread) => thread.ask({ what: "end", pass })?.answer));
      },
    };
  }

  /** Ends the threads. What they were working on is done in the process. */
  async stop(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }
}
