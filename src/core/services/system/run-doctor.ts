import type { z } from "zod";
import type { Config } from "@/core/config";
import { TransientError } from "@/core/models/errors";
import { doctorAnswerSchema } from "@/core/models/system";

/** A check reads the whole database file. */
const TIMEOUT_MS = 120_000;

export type DoctorAnswer = z.infer<typeof doctorAnswerSchema>;

/**
 * Asks what `stoneturner doctor` finds, in a process of its own: its checks read the whole database, and this one has to
 * go on answering. Whoever asks while one is under way gets that one's answer.
 *
 * @throws TransientError (from the returned function) when it gives no answer.
 */
export function createDoctor(config: Config): () => Promise<DoctorAnswer> {
  let running: Promise<DoctorAnswer> | undefined;
  return () =>
    (running ??= askDoctor(config).finally(() => {
      running = undefined;
    }));
}

async function askDoctor(config: Config): Promise<DoctorAnswer> {
  const child = Bun.spawn([process.execPath, "src/cli.ts", "doctor", "--json"], {
    cwd: config.projectRoot,
    env: environmentOf(config),
    stdio: ["ignore", "pipe", "ignore"],
    timeout: TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  const text = await new Response(child.stdout).text();
  await child.exited;
  const answer = parse(text);
  if (answer !== undefined) return answer;
  throw new TransientError("The checks gave no answer.", {
    action: "Run them on the machine itself to see why: stoneturner doctor",
  });
}

function parse(text: string): DoctorAnswer | undefined {
  try {
    return doctorAnswerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON: it broke before it had anything to say.
    return undefined;
  }
}

/**
 * What the process has to know to look at the same data and to ask the same providers, whose addresses may be others than
 * their own: keys go nowhere else. Nothing more of our environment.
 */
export function environmentOf(config: Config): Record<string, string> {
  return {
    STONETURNER_HOME: config.home,
    STONETURNER_HOST: config.host,
    PORT: String(config.port),
    BUN_PUBLIC_DEV_MODE: String(config.devMode),
    CRON_ENABLED: String(config.schedulesEnabled),
    DATABASE_URL: `file:${config.databasePath}`,
    INTEGRATION_API_URLS: Object.entries(config.integrationApiUrls)
      .map((pair) => pair.join("="))
      .join(","),
    ALLOWED_PRIVATE_HOSTS: config.allowedPrivateHosts.join(","),
    LOG_LEVEL: "error",
    ...(config.encryptionKey === undefined ? {} : { STONETURNER_KEY: config.encryptionKey }),
  };
}
