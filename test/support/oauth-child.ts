/** A process that asks a provider's API with a stored OAuth account, and may kill itself in the middle of a renewal. */
import { resolve } from "node:path";
import { parseConfig } from "@/core/config";
import { createCredentialStore } from "@/core/services/credentials/store";
import { createOAuthConnections } from "@/core/services/oauth/connections";
import { openApp } from "@/index";
import { createMail } from "./oauth";
import type { OAuthProvider } from "./oauth-provider";

export interface ChildRequests {
  home: string;
  provider: OAuthProvider;
  account: string;
  /** Requests at once. Default 1. */
  requests?: number;
  /** Where the process kills itself. */
  failpoint?: string;
}

/** @returns the statuses of the requests, or "killed", or the error's words. */
export async function askInChild({ home, provider, account, requests = 1, failpoint = "" }: ChildRequests) {
  const { url, apiUrl, hosts } = provider;
  const options = { home, url, apiUrl, hosts, account, requests, failpoint };
  const child = Bun.spawn([process.execPath, import.meta.path, JSON.stringify(options)], {
    stdout: "pipe",
    stderr: "inherit",
    cwd: resolve(import.meta.dir, "../.."),
  });
  const said = (await new Response(child.stdout).text()).trim();
  await child.exited;
  return child.signalCode === "SIGKILL" ? "killed" : said;
}

if (import.meta.main) {
  const { home, url, apiUrl, hosts, account, requests, failpoint } = JSON.parse(process.argv[2] ?? "{}");
  const config = parseConfig({ STONETURNER_HOME: home, ALLOWED_PRIVATE_HOSTS: hosts, LOG_LEVEL: "error" });
  const mail = createMail({ url, apiUrl });
  await using app = Object.assign(await openApp({ config, integrations: [mail], configs: [mail.config] }), {
    [Symbol.asyncDispose]: () => app.close(),
  });
  const credentials = await createCredentialStore({ ...app, config });
  const oauth = createOAuthConnections({
    ...app,
    credentials,
    failpoint: (name) => {
      if (name === failpoint) process.kill(process.pid, "SIGKILL");
    },
  });
  const credential = await credentials.read("Mail", account);
  if (credential === undefined) throw new Error("There is no such account.");
  const auth = oauth.authOf(mail, credential);
  const client = app.services
    .for("Mail", account)
    .http({ auth, hostLimits: { "*": { concurrency: 20, spacingMs: 0 } } });
  const answers = Array.from({ length: requests }, () =>
    client.request({ url: `${apiUrl}/me`, expect: "json" }),
  );
  const settled = await Promise.allSettled(answers);
  const words = settled.map((one) => (one.status === "fulfilled" ? one.value.status : String(one.reason)));
  process.stdout.write(`${[...new Set(words)].join(", ")}\n`);
  credentials.close();
}
