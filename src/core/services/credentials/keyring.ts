import type { Config } from "@/core/config";
import { KeyChangedError, type SecretsDatabase } from "@/core/db/secrets";
import type { MasterKey } from "./cipher";
import { unlock } from "./master-key";

/** The master key of this process, read anew when another process has exchanged it. */
export class Keyring {
  private constructor(
    private readonly config: Pick<Config, "encryptionKey" | "home">,
    private readonly secrets: SecretsDatabase,
    private key: MasterKey,
  ) {}

  /** @throws ConfigError when the key is missing, malformed or not the one the secrets were encrypted with. */
  static async open(
    config: Pick<Config, "encryptionKey" | "home">,
    secrets: SecretsDatabase,
    onFirstUse?: () => Promise<void>,
  ): Promise<Keyring> {
    return new Keyring(config, secrets, await unlock(config, secrets, onFirstUse));
  }

  get current(): MasterKey {
    return this.key;
  }

  /** Whether another process has exchanged the key; then it is the new one. @throws ConfigError where it cannot be had. */
  async reload(): Promise<boolean> {
    const before = this.key.id;
    this.key = await unlock(this.config, this.secrets);
    return this.key.id !== before;
  }

  /** Writes what `seal` makes with the current key, again where the key was exchanged meanwhile. */
  async writing<Result>(write: (key: MasterKey) => Promise<Result>): Promise<Result> {
    try {
      return await write(this.key);
    } catch (error) {
      if (!(error instanceof KeyChangedError) || !(await this.reload())) throw error;
      return write(this.key);
    }
  }
}
