/** The helpers that integrations import by this name. */
export { retry, sleep } from "./retry";
export type { RetryOptions } from "./retry";
