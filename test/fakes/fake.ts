/**
 * What a stand-in for a provider offers, so that one suite can try any integration against it. A fake lives in
 * `test/fakes/<integration, lower case>/fake.ts` and exports `startFake: StartFake`; the suite finds it by that path.
 *
 * A fake is the provider: real HTTP (or a real folder), state that changes, the vendor's own answers, headers and
 * refusals. It knows nothing of the integration but what its artifacts are called and what must be read in them.
 */
import type { CredentialInput } from "@/core/models/credential";
import type { Clock } from "@/core/services/http/clock";

export interface FakeOptions {
  /** Everything random in the fake follows from it. */
  seed: number;
  /** Items at the start. They fill several pages of the provider's listings where there are more than a few. */
  items: number;
  /** Time as the fake and the integration's HTTP client see it; suites hand in one that runs fast. */
  clock: Clock;
  /** Entries on a page of the provider's listings; a fake of its own mind where this is left out. */
  pageSize?: number;
}

export type StartFake = (options: FakeOptions) => Promise<FakeSource>;

/** What an artifact must hold, derived from the fake's state alone. */
export interface ExpectedArtifact {
  title: string;
  /** Texts that its markdown must hold, each as it stands there. */
  needles: readonly string[];
}

export interface FakeSource extends AsyncDisposable {
  /** Equals `config.integration`. */
  integration: string;
  /** Value of `INTEGRATION_API_URLS` that leads the integration here, such as `gong=http://127.0.0.1:4010`; "" for none. */
  apiUrls: string;
  /** What a person fills into the form. */
  credential: CredentialInput;
  /** Values that must never show in an answer, a log line, a row or an error. */
  secrets: readonly string[];
  world: FakeWorld;
  faults: FakeFaults;
  /** Requests answered so far, oldest first. */
  requests: () => readonly FakeRequest[];
  /** The fewest requests in which a full sync can learn the world as it stands. */
  leastRequests: () => number;
  /**
   * The fewest requests in which an incremental sync can learn that nothing is new, where those are more than the full
   * sync of a small account takes: a question for changes and one for deletions of each kind, say.
   */
  leastForNothingNew?: () => number;
  /**
   * Goes through the provider's consent page, for a source that is connected by a redirect: takes the address that a
   * person is sent to and gives the one that the provider sends them back to.
   */
  consent?: (authorizationUrl: string) => Promise<string>;
}

export interface FakeRequest {
  method: string;
  /** Path with query. */
  path: string;
  status: number;
}

/** The provider's items. Which item an operation hits follows from the seed. Times are of the fake's clock. */
export interface FakeWorld {
  /** Which changes an incremental sync can see at this provider. A full sync sees all. */
  incrementalSees: { edits: boolean; deletions: boolean; hiding?: boolean };
  /** Adds an item like any other and returns the key of its artifact. */
  create: () => string;
  /** Changes an item so that its artifact changes too; its key. */
  edit: () => string;
  /** Removes an item for good; the key of the artifact that is to go. Left out where items never go, as in a feed. */
  delete?: () => string;
  /** Takes an item out of the account's sight; the key of the artifact that is to go. Left out where nothing hides. */
  hide?: () => string;
  /** Adds an item with the largest content that the provider allows, or some megabytes; its key. */
  createHuge?: () => string;
  /** Adds an item without any content of its own. Its key where an artifact is expected of it, else undefined. */
  createEmpty?: () => string | undefined;
  /** Adds items of kinds that the vendor may bring tomorrow: unknown types, fields and enum values. */
  createUnknown?: () => void;
  /** What else happens at this provider. */
  happenings?: readonly Happening[];
  /** What is to be served once syncs are at rest: by `integrationArtifactId`. */
  snapshot: () => ReadonlyMap<string, ExpectedArtifact>;
}

/** Something that happens at a provider beside the changes that all of them know. */
export interface Happening {
  /** In a few words, for whoever reads what led to a fault. */
  name: string;
  /** Whether an incremental sync can see it. A full sync sees all. */
  seen: boolean;
  /** Whether there are fewer artifacts afterwards. */
  takesAway?: boolean;
  /** Gives the key of what it happened to, where there is one. */
  happen: () => string | undefined | void;
}

/** Trouble on demand, in the vendor's own words. What a provider does not know is left out. `heal` ends all of it. */
export interface FakeFaults {
  /** The next `times` requests are refused as too many, with a wait of about a second. */
  rateLimit?: (times: number) => void;
  /** The next `times` requests fail on the provider's side. */
  serverError?: (times: number) => void;
  /** The next `times` answers break off in the middle. */
  breakOff?: (times: number) => void;
  /** The next `times` answers take long, but come. */
  slow?: (times: number) => void;
  /** The account's key is no longer accepted. */
  refuseCredential?: () => void;
  /** The access token is no longer accepted, but can be renewed. */
  expireToken?: () => void;
  /** Cursors given so far are forgotten. */
  expireCursors?: () => void;
  /** Answers have a shape in which what is needed cannot be found. */
  breakShape?: () => void;
  heal: () => void;
  /** Called before each request is answered: the suite changes the world here, or stops the program. */
  onRequest?: (listener: (request: Omit<FakeRequest, "status">) => void) => void;
}
