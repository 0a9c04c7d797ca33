import type { Credential } from "@/core/models/credential";
import { messageOf } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { Logger } from "@/core/models/logger";
import type { ServicesFactory } from "@/core/services/integration-services";
import { hashJson } from "@/lib/hash";

/** Keeps one watcher an account, started anew when the account's options change. */
export class Watchers {
  private readonly running = new Map<string, { options: string; controller: AbortController }>();

  constructor(
    private readonly log: Logger,
    private readonly services: ServicesFactory,
    private readonly onChange: (integration: string, account: string) => void,
  ) {}

  /** Watches the account if its source can; does nothing when it is watched as it wants to be. */
  ensure(integration: Integration, credential: Credential): void {
    if (integration.watch === undefined) return;
    const name = integration.config.integration;
    const key = `${name}\n${credential.account}`;
    const options = hashJson(credential.options);
    if (this.running.get(key)?.options === options) return;
    this.running.get(key)?.controller.abort();
    const controller = new AbortController();
    this.running.set(key, { options, controller });
    const context = {
      ...this.services.for(name, credential.account),
      integration: name,
      account: credential.account,
      credential,
      signal: controller.signal,
    };
    try {
      integration.watch(context, () => this.onChange(name, credential.account));
    } catch (error) {
      this.log.warn("An account cannot be watched; it syncs when asked.", {
        integration: name,
        reason: messageOf(error),
      });
    }
  }

  /** Stops watching one account, or all of them. */
  stop(integration?: string, account?: string): void {
    const only = integration === undefined ? undefined : `${integration}\n${account ?? ""}`;
    for (const [key, { controller }] of this.running) {
      if (only !== undefined && key !== only && !(account === undefined && key.startsWith(only))) continue;
      controller.abort();
      this.running.delete(key);
    }
  }
}
