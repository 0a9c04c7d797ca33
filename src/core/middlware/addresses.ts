import type { Config } from "@/core/config";
import { urlHost } from "@/lib/host-name";

/** The hosts and origins that mean this server. */
export interface Addresses {
  /** Exact values of the Host header, lower case. */
  hosts: ReadonlySet<string>;
  /** Origins of this server's own pages. */
  own: ReadonlySet<string>;
  /** Origins of other pages that may call the API. */
  foreign: ReadonlySet<string>;
}

/** What a server that listens on `port` answers to: loopback names, its own address and the public URL. */
export function addressesOf(
  config: Pick<Config, "host" | "publicUrl" | "allowedOrigins">,
  port: number,
): Addresses {
  const names = ["localhost", "127.0.0.1", "[::1]", urlHost(config.host.toLowerCase())];
  const hosts = new Set(names.map((name) => `${name}:${port}`));
  if (port === 80) for (const name of names) hosts.add(name);
  const own = new Set([...hosts].map((host) => new URL(`http://${host}`).origin));
  const publicUrl = new URL(config.publicUrl);
  hosts.add(publicUrl.host);
  if (publicUrl.port === "") hosts.add(`${publicUrl.hostname}:${publicUrl.protocol === "https:" ? 443 : 80}`);
  own.add(publicUrl.origin);
  return { hosts, own, foreign: new Set(config.allowedOrigins) };
}
