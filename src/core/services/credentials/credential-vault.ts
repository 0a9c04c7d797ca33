import { eq } from "drizzle-orm";
import { integrationCredential } from "@/core/db/schema";
import type { Credential, CredentialInput, PublicCredential } from "@/core/models/credential";
import type { Db } from "@/core/models/database";
import { AuthError, ConflictError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { Logger } from "@/core/models/logger";
import type { ServicesFactory } from "@/core/services/integration-services";
import { startAnew } from "@/core/services/sync/start-anew";
import { isoNow } from "@/lib/time";
import { listAccounts, ofAccount, publicColumns } from "./account-rows";
import { setAccountStatus } from "./account-status";
import { checkInput } from "./check";
import { credentialId } from "./credential-id";
import { beyondTheForm, cleanInput } from "./fields";
import { type Grant, timesOf } from "./grant";
import { withKeptSecrets } from "./keep-secrets";
import { type SealedPart, splitCredential } from "./sealed";
import type { SealedRecord, SealedRecords } from "./sealed-records";
import { type Leads, whereItLeads } from "./where-it-leads";

const MAX_LABEL = 500;
const unreadable = "The stored secret was changed or does not belong to this account.";

/** Connected accounts: their public parts are rows of the main database, their secrets sealed records. */
export class CredentialVault {
  constructor(
    private readonly db: Db,
    private readonly records: SealedRecords,
    private readonly log: Logger,
    private readonly services: ServicesFactory,
  ) {}

  async complete(integration: string, given: CredentialInput): Promise<CredentialInput> {
    return (await this.completed(integration, given)).input;
  }

  /** The whole input, and the record that its kept secrets came from. */
  private async completed(
    integration: string,
    given: CredentialInput,
  ): Promise<{ input: CredentialInput; record?: SealedRecord | undefined }> {
    const clean = cleanInput(given);
    if (given.keepSecrets !== true) return { input: clean };
    const known = await this.known(integration, clean.account);
    return { input: withKeptSecrets(clean, known?.leads), record: known?.record };
  }

  async save(
    integration: Integration,
    given: CredentialInput,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<PublicCredential & { integration: string }> {
    const { config } = integration;
    const { input, record } = await this.completed(config.integration, given);
    checkInput(integration, input);
    if (integration.oauth !== undefined && input.apiKey === undefined)
      return this.saveSettings(integration, input);
    // Of a form's empty fields, those of a new account may mean something else than those of one that is changed.
    const asked = given.keepSecrets === true ? { ...input, keepSecrets: true } : input;
    const checked = await integration.connect?.(asked, signal, this.services.for(config.integration));
    signal.throwIfAborted();
    const credential = checked === undefined ? input : cleanInput(checked.credential);
    const account = (input.account ?? checked?.account.trim().slice(0, MAX_LABEL)) || "default";
    const { sealed, options } = splitCredential(config, credential);
    const stored = { sealed, options, baseUrl: credential.baseUrl ?? null, expiresAt: null, scopes: null };
    for (let over = record; ;) {
      const row = await this.store(integration, account, stored, over);
      if (row !== undefined) return row;
      const now = await this.records.read(credentialId(config.integration, account));
      // Somebody else saved the same secret, sealed anew: nothing of theirs is lost.
      if (now === undefined || now === "unreadable" || !Bun.deepEquals(now.part, record?.part)) {
        throw new ConflictError(
          `'${account}' was given another secret meanwhile, so nothing of this was kept.`,
          {
            action: "Look at it again, and save once more.",
          },
        );
      }
      over = now;
    }
  }

  /** A stored account with its secrets; undefined when there is none, or its secrets do not open. */
  private async known(
    integration: string,
    account: string | undefined,
  ): Promise<{ leads: Leads; record: SealedRecord | undefined } | undefined> {
    const known = (await this.list(integration)).find((one) => one.account === account);
    if (known === undefined) return undefined;
    const record = await this.records.read(known.id);
    if (record === "unreadable") return undefined;
    // Stored options were JSON when they came in.
    const options = known.options as Leads["options"];
    return { leads: { sealed: record?.part, options, baseUrl: known.baseUrl }, record };
  }

  /** Changes the settings of an account that is connected through OAuth; its tokens stay. */
  private async saveSettings(
    integration: Integration,
    input: CredentialInput,
  ): Promise<PublicCredential & { integration: string }> {
    const { integration: name } = integration.config;
    const stored = await this.list(name);
    const row =
      input.account === undefined ? stored[0] : stored.find(({ account }) => account === input.account);
    const isClear = input.account !== undefined || stored.length === 1;
    const record = row === undefined ? undefined : await this.records.read(row.id);
    if (!isClear || row === undefined || record === undefined || record === "unreadable") {
      throw new ConflictError(`${name} connects through OAuth: somebody has to agree at ${name} first.`, {
        action: `Begin with POST /api/oauth/${name.toLowerCase()}/start, or on the web page.`,
      });
    }
    const { sealed, options: given } = splitCredential(integration.config, input);
    const { expiresAt = null } = record.part;
    const part = { ...record.part, ...sealed };
    // Stored options were JSON when they came in.
    const known = beyondTheForm(integration.config, row.options as Leads["options"]);
    const options = { ...known, ...given };
    const settings = { sealed: part, options, baseUrl: row.baseUrl, expiresAt, scopes: null };
    const changed = await this.store(integration, row.account, settings, record);
    // The tokens were renewed meanwhile: the old ones would be worth nothing.
    return changed ?? this.saveSettings(integration, input);
  }

  /** Stores what a provider granted. The account keeps its label, whoever asks for it again. */
  async saveGrant(
    integration: Integration,
    { account, input, tokens, identity, scopes }: Grant,
  ): Promise<PublicCredential & { integration: string }> {
    const { sealed = { options: {} }, options } = splitCredential(integration.config, input);
    const { accessToken, refreshToken } = tokens;
    const times = timesOf(tokens);
    const secret: SealedPart = { ...sealed, accessToken, refreshToken, ...times, identity };
    const expiresAt = times.expiresAt ?? null;
    const stored = { sealed: secret, options, baseUrl: input.baseUrl ?? null, expiresAt };
    const row = await this.store(integration, account, { ...stored, scopes: [...scopes] });
    if (row === undefined) throw notStored();
    return row;
  }

  /** Undefined, and nothing done, where another secret stands there by now than the one that it is made from, `over`. */
  private async store(
    { config }: Integration,
    account: string,
    stored: {
      sealed: SealedPart | undefined;
      options: Credential["options"];
      baseUrl: string | null;
      expiresAt: string | null;
      scopes: string[] | null;
    },
    over?: SealedRecord,
  ): Promise<(PublicCredential & { integration: string }) | undefined> {
    const { sealed, ...shown } = stored;
    const id = credentialId(config.integration, account);
    const replaced = await this.isAnother(id, stored);
    // Secrets first: a crash in between leaves a secret that nobody refers to, never an account without its secret.
    if (sealed === undefined) await this.records.remove([id]);
    else if (over === undefined) await this.records.write(id, sealed);
    else if (!(await this.records.replace(id, over, sealed))) return undefined;
    const now = isoNow();
    const changing = {
      type: config.integrationType,
      status: "connected" as const,
      statusReason: null,
      ...shown,
      updatedAt: now,
    };
    const [row] = await this.db.transaction(async (tx) => {
      const source = { integration: config.integration, account };
      if (replaced) await startAnew(tx, source, "The account's credential was replaced.");
      return tx
        .insert(integrationCredential)
        .values({ id, ...source, createdAt: now, ...changing })
        .onConflictDoUpdate({ target: integrationCredential.id, set: changing })
        .returning(publicColumns);
    });
    if (row === undefined) throw notStored();
    this.log.info("Account connected.", { integration: config.integration, account });
    return row;
  }

  list(integration?: string): Promise<(PublicCredential & { integration: string })[]> {
    return listAccounts(this.db, integration);
  }

  async read(integration: string, account: string): Promise<Credential | undefined> {
    const [row] = await this.db.select().from(integrationCredential).where(ofAccount(integration, account));
    if (row === undefined) return undefined;
    const { id, baseUrl } = row;
    const record = await this.records.read(id);
    if (record === "unreadable") {
      const error = new AuthError(unreadable, { action: "Connect the account again." });
      await this.setStatus(integration, account, "needs_reconnect", error.explanation);
      this.log.warn("A stored secret does not open.", { integration, account });
      throw error;
    }
    const { accessKey, secretKey, apiKey, accessToken, refreshToken, expiresAt, options }: SealedPart =
      record?.part ?? { options: {} };
    return {
      id,
      integration,
      account,
      ...defined({ accessKey, secretKey, apiKey, accessToken, refreshToken }),
      baseUrl: baseUrl ?? undefined,
      expiresAt,
      options: { ...row.options, ...options },
    };
  }

  /** Whether the account has a credential that differs from this one: it may lead somewhere else at the source. */
  private async isAnother(id: string, given: Leads): Promise<boolean> {
    const [known] = await this.db
      .select(publicColumns)
      .from(integrationCredential)
      .where(eq(integrationCredential.id, id));
    if (known === undefined) return false;
    const record = await this.records.read(id);
    if (record === "unreadable") return true;
    const before = { sealed: record?.part, options: known.options, baseUrl: known.baseUrl };
    return whereItLeads(before) !== whereItLeads(given);
  }

  async setStatus(
    integration: string,
    account: string,
    status: PublicCredential["status"],
    reason: string | null,
  ): Promise<void> {
    await setAccountStatus(this.db, { integration, account }, { status, reason });
  }

  async noteExpiry(integration: string, account: string, expiresAt: string | null): Promise<void> {
    await this.db.update(integrationCredential).set({ expiresAt }).where(ofAccount(integration, account));
  }

  async remove(integration: string, account?: string): Promise<void> {
    const removed = await this.db
      .delete(integrationCredential)
      .where(ofAccount(integration, account))
      .returning({ id: integrationCredential.id });
    await this.records.remove(removed.map(({ id }) => id));
  }
}

const notStored = () => new Error("The stored account did not come back from the database.");

/** What there is of these. */
function defined<Part extends object>(part: Part): Partial<Part> {
  // Leaving entries out keeps the types of the rest, which `fromEntries` cannot know.
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Partial<Part>;
}
