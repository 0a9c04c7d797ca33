import type { SecretsDatabase } from "@/core/db/secrets";
import { seal, unseal } from "./cipher";
import type { Keyring } from "./keyring";
import { parseSealed, type SealedPart } from "./sealed";

export interface SealedRecord {
  part: SealedPart;
  /** The ciphertext it was read from, for `replace`. */
  sealed: string;
}

/** The secret parts of accounts, by credential id. */
export class SealedRecords {
  constructor(
    private readonly secrets: SecretsDatabase,
    private readonly keyring: Keyring,
  ) {}

  /** Undefined when there is none; "unreadable" when it was changed, moved or is of a key that is gone. */
  async read(id: string): Promise<SealedRecord | "unreadable" | undefined> {
    const sealed = await this.secrets.read(id);
    if (sealed === undefined) return undefined;
    const text = unseal(this.keyring.current, id, sealed);
    if (text === undefined) {
      const isOfOtherKey = sealed.split(".")[1] !== this.keyring.current.id;
      return isOfOtherKey && (await this.keyring.reload()) ? this.read(id) : "unreadable";
    }
    const part = parseSealed(text);
    return part === undefined ? "unreadable" : { part, sealed };
  }

  async write(id: string, part: SealedPart): Promise<void> {
    await this.keyring.writing((key) => this.secrets.write(id, seal(key, id, JSON.stringify(part))));
  }

  /** Replaces exactly the record that was read and ends `owner`'s lease; false where something else stands there now. */
  replace(id: string, before: SealedRecord, part: SealedPart, owner?: string): Promise<boolean> {
    return this.keyring.writing((key) =>
      this.secrets.replace(id, before.sealed, seal(key, id, JSON.stringify(part)), owner),
    );
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.secrets.remove(ids);
  }
}
