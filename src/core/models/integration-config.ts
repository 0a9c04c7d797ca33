/** How a person authenticates against a source, and how the web page shows it. */
export interface IntegrationConfig {
  /** The one name used everywhere; matched without regard to case in routes and tools. */
  integration: string;
  /** Path of an icon, e.g. `/assets/files.svg`. */
  icon: string;
  integrationType: "BASIC_TOKEN" | "OAUTH" | "API_KEY";
  /** Markdown, shown where the source is connected. */
  description?: string;
  /** URL of the vendor's documentation. */
  docs?: string;
  /** Credential fields that every source shares. */
  inputs?: CredentialField[];
  /** Anything else the source needs, stored in the credential's `options` under `key`. */
  optionInputs?: OptionField[];
  /** For agents, in our own words: what one artifact is, what the tables hold, and how they hang together. */
  about?: string;
  /** Questions that SQL answers better than search, each with a statement over this source's tables that works. */
  exampleQueries?: { question: string; sql: string }[];
  /**
   * When a full sync is due, in words of a schedule ("weekly", "daily at 03:30") or a cron expression, for a source of
   * which incremental syncs cannot see everything. The first scheduled sync after that time reads everything.
   */
  fullSyncAt?: string;
  installUrl?: string;
  oauthAuthorizationUrl?: string;
}

export interface FieldHints {
  label: string;
  placeholder?: string;
  help?: string;
  /** Shown masked. Whether or not, what is stored of a credential but its address is never answered again. */
  secret?: boolean;
  required?: boolean;
}

export interface CredentialField extends FieldHints {
  input: "accessKey" | "secretKey" | "baseUrl" | "apiKey";
}

export interface OptionField extends FieldHints {
  key: string;
}
