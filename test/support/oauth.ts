/** The program with a source that connects through OAuth, its provider, and a browser that goes back and forth. */
import { expect } from "bun:test";
import { z } from "zod";
import { startServer, type ClientFiles } from "@/core/handlers/server";
import type { Integration, OAuthDefinition } from "@/core/models/models";
import { createIntegration } from "@/core/services/sync/create-integration";
import { type TestApp, testApp } from "./app";
import { freePort } from "./free-port";
import { OAuthProvider } from "./oauth-provider";

const meSchema = z.object({ sub: z.string(), name: z.string() });
const itemSchema = z.object({ id: z.string(), text: z.string() });
const itemsSchema = z.object({ items: z.array(itemSchema) });

/** The integration `name` of `provider`, with one item. */
export function createMail(
  provider: Pick<OAuthProvider, "url" | "apiUrl">,
  name = "Mail",
  change: Partial<OAuthDefinition> = {},
): Integration {
  const { url, apiUrl } = provider;
  return createIntegration({
    config: {
      integration: name,
      icon: "/assets/mail.svg",
      integrationType: "OAUTH",
      inputs: [
        { input: "accessKey", label: "Client id" },
        { input: "secretKey", label: "Client secret", secret: true },
      ],
      optionInputs: [{ key: "folder", label: "Folder" }],
    },
    oauth: {
      authorizeUrl: `${url}/authorize`,
      tokenUrl: `${url}/token`,
      revokeUrl: `${url}/revoke`,
      scopes: ["mail.read", "mail.list"],
      pkce: true,
      clientAuth: "body",
      tokenFormat: "form",
      account: async (_tokens, { http, auth, signal }) => {
        const asked = { url: `${apiUrl}/me`, expect: "json", schema: meSchema, signal } as const;
        const { data } = await http({ auth }).request(asked);
        return { account: data.name, id: data.sub };
      },
      ...change,
    },
    streams: (context) => [
      {
        name: "mail",
        enumerates: ["full", "incremental"],
        pages: async function* () {
          const policy = { attempts: 2, baseDelayMs: 4 };
          const client = context.http({ auth: context.auth, policy });
          const asked = { url: `${apiUrl}/items`, expect: "json", schema: itemsSchema } as const;
          const { data } = await client.request({ ...asked, signal: context.signal });
          yield { items: data.items, cursor: null };
        },
        key: (item) => itemSchema.parse(item).id,
        version: (item) => itemSchema.parse(item).text,
        render: (item) => {
          const { id, text } = itemSchema.parse(item);
          return {
            integrationArtifactId: `${name}/${context.account}/${id}`,
            kind: "email",
            title: `Mail ${id}`,
            markdown: text,
          };
        },
      },
    ],
  });
}

/** A browser as far as it matters here: keeps cookies by host, goes where it is sent, one step at a time. */
export class Browser {
  readonly cookies = new Map<string, string>();

  async get(url: string, headers: Record<string, string> = {}): Promise<Response> {
    const Cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const sent = Cookie === "" ? headers : { Cookie, ...headers };
    const answer = await fetch(url, { redirect: "manual", headers: sent });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
      if (/max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  /** Where an answer sends it. */
  static next(answer: Response): string {
    expect([302, 303]).toContain(answer.status);
    return answer.headers.get("location") ?? "";
  }
}

export interface OAuthApp extends AsyncDisposable {
  app: TestApp;
  provider: OAuthProvider;
  url: string;
  browser: Browser;
  start: (body?: Record<string, unknown>, name?: string) => Promise<{ id: string; connectUrl: string }>;
  /** From the connect URL over the provider to the address of the way back, not yet asked. */
  wayBack: (connectUrl: string) => Promise<string>;
  /** All of it. @returns the last answer's text. */
  connect: (body?: Record<string, unknown>) => Promise<string>;
  flow: (id: string) => Promise<{ state: string; message: string | null; account: string | null }>;
}

/** The form's fields of the application at the provider. */
export const client = { accessKey: "client-1", secretKey: "canary-client-secret-83ab" };

/** `await using mail = await oauthApp();` */
export async function oauthApp(
  options: {
    change?: Partial<OAuthDefinition>;
    environment?: Record<string, string>;
    integrations?: (provider: OAuthProvider) => Integration[];
    /** The web page; none when left out. */
    page?: ClientFiles;
  } = {},
): Promise<OAuthApp> {
  const provider = await OAuthProvider.start();
  const mail = createMail(provider, "Mail", options.change);
  const port = freePort();
  const app = await testApp({
    integrations: [mail, ...(options.integrations?.(provider) ?? [])],
    environment: {
      PORT: String(port),
      ALLOWED_PRIVATE_HOSTS: provider.hosts,
      ...options.environment,
    },
  });
  const server = await startServer(app, options.page ?? (() => Promise.resolve(new Map())));
  const browser = new Browser();
  const url = `http://127.0.0.1:${port}`;
  const start = async (body: Record<string, unknown> = client, name = "mail") => {
    const answer = await fetch(`${url}/api/oauth/${name}/start`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(201);
    return z.object({ id: z.string(), connectUrl: z.string() }).parse(await answer.json());
  };
  const wayBack = async (connectUrl: string) => {
    const authorize = Browser.next(await browser.get(connectUrl));
    return Browser.next(await fetch(authorize, { redirect: "manual" }));
  };
  return {
    app,
    provider,
    url,
    browser,
    start,
    wayBack,
    connect: async (body) => {
      const { connectUrl } = await start(body);
      return (await browser.get(await wayBack(connectUrl))).text();
    },
    flow: async (id) => app.oauth.flow(id),
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await app[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
    },
  };
}
