/** A request by which a provider says that something has changed. */
export interface WebhookDelivery {
  headers: Headers;
  /** The body to the letter: signatures are over exactly this. */
  body: string;
}

/** What a delivery that is a certain account's says. */
export interface WebhookEvent {
  /** The provider's id of the event; the same again is the same event. */
  id: string;
  /** When it was sent, ISO-8601, where the provider signs that: old ones are somebody's replay. */
  sentAt?: string | undefined;
}
