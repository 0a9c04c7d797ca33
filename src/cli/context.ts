import type { Config } from "@/core/config";
import type { SearchWorker } from "@/core/services/search/thread/search-worker";

/** What a command needs from the world around it, handed in by `cli.ts`. */
export interface Cli {
  /** Configuration from the environment, with some variables replaced. @throws ConfigError */
  config: (overrides?: Record<string, string>) => Config;
  /** Value of a variable that only commands use, e.g. a secret for `connect`. */
  variable: (name: string) => string | undefined;
  /** Writes one line to standard output: answers. */
  print: (line: string) => void;
  /** Writes one line to standard error: what is going on. */
  note: (line: string) => void;
  /** Writes to standard error without a line end, for a progress bar. */
  draw: (text: string) => void;
  /** Standard output is a terminal that shows colours. */
  colour: boolean;
  /** Standard error is a terminal. */
  interactive: boolean;
  /** Standard input is a terminal, so a person can be asked. */
  canAsk: boolean;
  columns: number;
  /** Aborted by the first Ctrl-C or SIGTERM; the second ends the process at once. Until it is asked for, the first does. */
  readonly signal: AbortSignal;
  /** Sets the exit code of a command that ends without an error. */
  setExitCode: (code: number) => void;
  /** The search thread's program, where it was started already. */
  searchWorker?: SearchWorker | undefined;
}
