import { isLoginNeeded } from "@/core/middlware/auth";
import { ConfigError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import { isLoopback } from "@/lib/host-name";

/**
 * Looks at who can reach the server, before it listens: never others while nobody could log in. Warns of what would let
 * a login be read on its way, or leaves a published server without one.
 *
 * @throws ConfigError
 */
export async function checkExposure({ config, access, log }: App): Promise<void> {
  const { host, publicUrl } = config;
  const isPublished = !isLoopback(new URL(publicUrl).hostname);
  const isHttps = publicUrl.startsWith("https:");
  if (!isLoopback(host)) {
    if (!(await access.hasAdmin())) {
      throw new ConfigError(
        `STONETURNER_HOST is ${host}, which other machines can reach, and nobody could log in.`,
        {
          action:
            "First run `stoneturner password set` or `stoneturner token create --name NAME --scope admin`, or listen on 127.0.0.1.",
        },
      );
    }
    if (!isHttps) {
      log.warn(
        "Other machines can reach this server without encryption: passwords and tokens can be read on their way. Put a proxy with https in front of it and set BUN_PUBLIC_BACKEND_BASE_URL to its address.",
        { host, publicUrl },
      );
    }
    return;
  }
  if (!isPublished) return;
  if (!(await isLoginNeeded({ config, access }))) {
    log.warn(
      "BUN_PUBLIC_BACKEND_BASE_URL is an address that others can reach, and no login is needed. Run `stoneturner password set`, unless the proxy in front asks for a login itself.",
      { publicUrl },
    );
  } else if (!isHttps) {
    log.warn("The public address is not https: passwords and tokens can be read on their way.", {
      publicUrl,
    });
  }
}
