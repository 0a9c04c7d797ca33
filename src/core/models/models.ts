/** The public types an integration is written against, under the name they are known by. */
export type { CredentialField, FieldHints, IntegrationConfig, OptionField } from "./integration-config";
export type {
  ConnectResult,
  Integration,
  IntegrationContext,
  IntegrationServices,
  OptionChoices,
  SyncContext,
} from "./integration";
export type { OptionChoice } from "./choices";
export type { HttpAuth, HttpClient, ProviderHttpOptions } from "./http";
export type { OAuthAccountServices, OAuthDefinition, OAuthIdentity, OAuthTokens } from "./oauth";
export type { Credential, CredentialInput } from "./credential";
export type { ArtifactKind, Insights, JsonValue, RenderedArtifact } from "./artifact";
export type { Db } from "./database";
export type { Logger } from "./logger";
