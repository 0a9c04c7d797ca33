/** The requests to Salesforce's REST API (developer.salesforce.com/docs/atlas.en-us.api_rest.meta), parsed. */
import type { z } from "zod";
import { AuthError, PermanentError, TransientError } from "@/core/models/errors";
import type { HttpAuth, HttpClient, IntegrationServices } from "@/core/models/models";
import { ForbiddenError, MissingError, unlessRefused } from "@/core/services/http/errors";
import type { Kind } from "./models/kinds";
import {
  describeSchema,
  fieldSchema,
  type ForceObject,
  type ForceRecord,
  objectSchema,
  objectsSchema,
  pageSchema,
  recordSchema,
  resourcesSchema,
} from "./models/models";
import { forceAddress } from "./models/options";
import { refusalOf, UnseenFieldError } from "./refusals";
import { type Shape, shapeOf } from "./sync-steps/shape";

const VERSION = "v62.0";
/** Fields of an object that are given up at most, one after the other, before the sync says so. */
const MOST_UNSEEN = 10;

export interface Listed {
  records: ForceRecord[];
  /** Records of a shape that is not known. */
  unknown: number;
  /** Whether records follow that the statement asks for. */
  more: boolean;
  /** By Salesforce's clock. */
  at: Date;
}

export interface Access extends Pick<IntegrationServices, "http" | "apiUrl"> {
  auth: HttpAuth | undefined;
  signal: AbortSignal;
  /** The organisation's own address, which came with the tokens. */
  instance: unknown;
  share: number;
}

export class ForceApi {
  private readonly http: HttpClient;
  private readonly base: string;
  /** Address of the organisation's pages. */
  readonly home: string;
  private readonly signal: AbortSignal;
  private known: Promise<ForceObject[]> | undefined;

  /** @throws AuthError when the account has no address, InputError when it is not one of Salesforce's. */
  constructor({ http, apiUrl, auth, signal, instance, share }: Access) {
    if (typeof instance !== "string")
      throw new AuthError("Salesforce's address of this account is not known.", {
        action: "Reconnect the account.",
      });
    this.home = forceAddress(instance, "options.instanceUrl");
    this.signal = signal;
    this.base = `${apiUrl(this.home)}/services/data/${VERSION}`;
    this.http = http({
      auth,
      hostLimits: { "*": { concurrency: 3, spacingMs: 40 } },
      sharedBy: this.home,
      errorInBody: (answer) => refusalOf(answer, share),
    });
  }

  /** Address that names organisation and user. */
  async identity(): Promise<string> {
    return (await this.ask("/", resourcesSchema)).data.identity;
  }

  /** Objects that the account may see. */
  objects(): Promise<ForceObject[]> {
    this.known ??= this.ask("/sobjects", objectsSchema).then(({ data }) =>
      data.sobjects.flatMap((entry) => objectSchema.safeParse(entry).data ?? []),
    );
    return this.known;
  }

  /**
   * What of an object the account may see; undefined where it may not see it at all. A version of the API that is no
   * longer there answers the same of every object: so the list of all objects is asked as well.
   */
  async shape(kind: Pick<Kind, "object" | "fields" | "stamp">): Promise<Shape | undefined> {
    const { object } = kind;
    const asked = this.ask(`/sobjects/${object}/describe`, describeSchema);
    const found = await unlessRefused(asked, MissingError);
    if (found === undefined && !(await this.objects()).some(({ name }) => name === object)) return undefined;
    const fields = found?.data.fields.flatMap((field) => fieldSchema.safeParse(field).data ?? []) ?? [];
    if (fields.some(({ name }) => name === "Id")) return shapeOf(kind, fields, found?.data.label ?? object);
    throw new PermanentError(`Salesforce does not say which fields its object '${object}' has.`, {
      action: "Start the sync again; if that fails as well, Salesforce's API may have changed.",
    });
  }

  /**
   * Records of a statement, as many as Salesforce gives at once. What it holds back is not asked for by its
   * `nextRecordsUrl`, which ends with the session: whoever wants more asks from the last record on.
   *
   * @param all deleted records, and activities that Salesforce has archived, as well
   */
  async query(soql: string, limit: number, all: boolean): Promise<Listed> {
    const path = all ? "/queryAll" : "/query";
    const { data, headers } = await this.ask(path, pageSchema, { q: `${soql} LIMIT ${limit}` });
    if (!data.done && data.records.length === 0)
      throw new TransientError("Salesforce gave nothing of a listing that it says goes on.");
    const records = data.records.flatMap((entry) => recordSchema.safeParse(entry).data ?? []);
    return {
      records,
      unknown: data.records.length - records.length,
      more: !data.done || data.records.length >= limit,
      at: new Date(headers.get("date") ?? Date.now()),
    };
  }

  /** The same with all fields of a shape. One that turns out to be unseen is left out from then on. */
  async select(shape: Shape, rest: string, limit: number, all: boolean): Promise<Listed> {
    for (let left = MOST_UNSEEN; ; left--) {
      try {
        return await this.query(`SELECT ${shape.asked.join(", ")} ${rest}`, limit, all);
      } catch (error) {
        if (!(error instanceof UnseenFieldError) || left === 0 || !shape.leaveOut(error.field)) throw error;
      }
    }
  }

  /** The text of a note's version, in HTML; undefined where it is gone or out of sight meanwhile. */
  async noteText(version: string): Promise<string | undefined> {
    const url = `${this.base}/sobjects/ContentVersion/${version}/VersionData`;
    const asked = this.http.request({ url, expect: "text", signal: this.signal });
    return (await unlessRefused(asked, ForbiddenError, MissingError))?.data;
  }

  private ask<Output>(path: string, schema: z.ZodType<Output>, query: Record<string, string> = {}) {
    return this.http.request({
      url: `${this.base}${path}`,
      query,
      expect: "json",
      schema,
      signal: this.signal,
    });
  }
}

/** Text within a statement. */
export function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, (one) => `\\${one}`)}'`;
}
