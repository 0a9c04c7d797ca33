import { createServer } from "node:net";
import { ConfigError } from "@/core/models/errors";
import { isLoopback } from "@/lib/host-name";

/** A port that nobody listens on at this address. @throws ConfigError when there is no such address here. */
export function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (cause) => {
      const hint = isLoopback(host)
        ? "Set PORT to a number."
        : "Set STONETURNER_HOST to an address of this machine.";
      reject(new ConfigError(`No port can be had on ${host}: ${cause.message}.`, { action: hint, cause }));
    });
    probe.listen(0, host.replace(/^\[(.*)\]$/, "$1"), () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
