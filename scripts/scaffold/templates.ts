/** The files of a new integration that syncs its fake's items: a start, to be replaced piece by piece. */
export type Auth = "api-key" | "basic" | "oauth";

export interface Names {
  /** As people see it, e.g. `Acme`. */
  shown: string;
  /** Folder and lower-case name, e.g. `acme`. */
  folder: string;
  /** Prefix of what is exported, e.g. `acme`. */
  code: string;
}

/** Path → content of every new file. */
export function newFiles({ shown, folder, code }: Names, auth: Auth): Record<string, string> {
  const room = `src/integrations/${folder}`;
  return {
    [`${room}/config.ts`]: configFile(shown, folder, code, auth),
    [`${room}/models/models.ts`]: modelsFile(),
    [`${room}/db/schema.ts`]: schemaFile(code),
    [`${room}/sync-steps/items.ts`]: streamFile(shown, folder, code, auth),
    [`${room}/integration.ts`]: integrationFile(shown, folder, code, auth),
    [`${room}/integration.test.ts`]: testFile(folder, code),
    [`src/assets/${folder}.svg`]: iconFile(shown),
    [`test/fakes/${folder}/fake.ts`]: fakeFile(shown, auth),
  };
}

const types = { "api-key": "API_KEY", basic: "BASIC_TOKEN", oauth: "OAUTH" } as const;
const inputs = {
  "api-key": `{ input: "apiKey", label: "API key", secret: true, required: true }`,
  basic: `{ input: "accessKey", label: "Access key", secret: true, required: true },
    { input: "secretKey", label: "Secret", secret: true, required: true }`,
  oauth: `{ input: "accessKey", label: "Client ID", secret: false },
    { input: "secretKey", label: "Client secret", secret: true }`,
} as const;
const auths = {
  "api-key": "bearerAuth(context.credential.apiKey)",
  basic: "basicAuth(context.credential.accessKey, context.credential.secretKey)",
  oauth: "context.auth",
} as const;

const configFile = (
  shown: string,
  folder: string,
  code: string,
  auth: Auth,
) => `import type { IntegrationConfig } from "@/core/models/models";

/** How ${shown} is connected. */
export const ${code}Config: IntegrationConfig = {
  integration: "${shown}",
  icon: "/assets/${folder}.svg",
  integrationType: "${types[auth]}",
  description: "Reads the documents of a ${shown} account. Say here what is read and where the key is made.",
  inputs: [
    ${inputs[auth]},
  ],
  about: "One artifact is one document. ${code}Item has a row for each, by account and itemId.",
  exampleQueries: [
    { question: "What changed last?", sql: \`SELECT "title", "updatedAt" FROM "${code}Item" ORDER BY "updatedAt" DESC LIMIT 20\` },
  ],
};
`;

const modelsFile =
  () => `/** What the provider answers, as far as it is used: ids are needed, everything else may change. */
import { z } from "zod";
import { looseValue } from "@/lib/loose-schema";

export const itemSchema = z.looseObject({
  id: z.string().min(1),
  title: looseValue(z.string()),
  body: looseValue(z.string()),
  updatedAt: looseValue(z.string()),
  deleted: looseValue(z.boolean()),
});
export type Item = z.infer<typeof itemSchema>;

export const pageSchema = z.looseObject({ items: z.array(z.unknown()), next: z.string().nullish() });
`;

const schemaFile = (code: string) => `import { primaryKey, table, text } from "@/core/db/table";

/** One row a document that is served, open to SQL. */
export const ${code}Item = table(
  "${code}Item",
  { account: text().notNull(), itemId: text().notNull(), title: text().notNull(), updatedAt: text() },
  (t) => [primaryKey({ columns: [t.account, t.itemId] })],
);
`;

const streamFile = (
  shown: string,
  folder: string,
  code: string,
  auth: Auth,
) => `import type { SyncContext } from "@/core/models/integration";
${auth === "oauth" ? "" : `import { ${auth === "basic" ? "basicAuth" : "bearerAuth"} } from "@/core/services/http/auth-kinds";\n`}import { ownRows } from "@/core/services/sync/kept-rows";
import { restStream } from "@/core/services/sync/rest-stream";
import type { Stream } from "@/core/services/sync/stream";
import { plainLine } from "@/lib/clean-text";
import { lineText, paragraphText } from "@/lib/markdown-text";
import { toIso } from "@/lib/time";
import { ${code}Item } from "../db/schema";
import { type Item, itemSchema, pageSchema } from "../models/models";

/** The documents of one ${shown} account. */
export function itemsStream(context: SyncContext): Stream<Item> {
  return restStream({
    name: "items",
    http: context.http({ auth: ${auths[auth]}, hostLimits: { "*": { concurrency: 2, spacingMs: 100 } } }),
    url: \`\${context.apiUrl("https://api.${folder}.example")}/items\`,
    paging: { kind: "cursor", parameter: "cursor", next: (body) => pageSchema.parse(body).next },
    items: (body) => pageSchema.parse(body).items,
    item: itemSchema,
    key: (item) => item.id,
    updatedAt: (item) => item.updatedAt ?? undefined,
    changedSince: { parameter: "updated_since", overlapMs: 60_000 },
    removed: (item) => (item.deleted === true ? "gone" : undefined),
    render: (item) => ({
      integrationArtifactId: item.id,
      kind: "document",
      title: titleOf(item),
      markdown: \`# \${lineText(titleOf(item))}\\n\\n\${paragraphText(item.body ?? "")}\`,
      artifactDate: toIso(item.updatedAt),
    }),
    rows: ownRows(${code}Item, ${code}Item.itemId, (item, account) => ({
      account,
      itemId: item.id,
      title: titleOf(item),
      updatedAt: toIso(item.updatedAt) ?? null,
    })),
  });
}

function titleOf(item: Item): string {
  return plainLine(item.title ?? "") || \`Document \${item.id}\`;
}
`;

const integrationFile = (
  shown: string,
  folder: string,
  code: string,
  auth: Auth,
) => `${auth === "oauth" ? `import { z } from "zod";\n` : `import { z } from "zod";\nimport { ${auth === "basic" ? "basicAuth" : "bearerAuth"} } from "@/core/services/http/auth-kinds";\n`}import { createIntegration } from "@/core/services/sync/create-integration";
import { ${code}Config } from "./config";
import { ${code}Item } from "./db/schema";
import { itemsStream } from "./sync-steps/items";

const meSchema = z.looseObject({ name: z.string() });

/** ${shown}. Where it has settings (optionInputs), \`choices\` lists what they can be (skills/references/auth.md). */
export const ${code}Integration = createIntegration({
  config: ${code}Config,
  streams: (context) => [itemsStream(context)],
  tables: [${code}Item],
${auth === "oauth" ? oauthBlock(folder) : connectBlock(folder, auth)}});
`;

const connectBlock = (
  folder: string,
  auth: Auth,
) => `  // One cheap request proves the key before it is stored.
  connect: async (input, signal, { http, apiUrl }) => {
    const auth = ${auth === "basic" ? "basicAuth(input.accessKey, input.secretKey)" : "bearerAuth(input.apiKey)"};
    const url = \`\${apiUrl("https://api.${folder}.example")}/me\`;
    const { data } = await http({ auth }).request({ url, expect: "json", schema: meSchema, signal });
    return { account: data.name, credential: input };
  },
`;

const oauthBlock = (folder: string) => `  oauth: {
    authorizeUrl: "https://${folder}.example/oauth/authorize",
    tokenUrl: "https://${folder}.example/oauth/token",
    scopes: ["read"],
    pkce: true,
    clientAuth: "basic",
    tokenFormat: "form",
    account: async (_tokens, { http, auth, apiUrl, signal }) => {
      const url = \`\${apiUrl("https://api.${folder}.example")}/me\`;
      const { data } = await http({ auth }).request({ url, expect: "json", schema: meSchema, signal });
      return { account: data.name };
    },
  },
`;

const testFile = (folder: string, code: string) => `import { expect, test } from "bun:test";
import { connectedApp, differences } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { startFake } from "../../../test/fakes/${folder}/fake";
import { ${code}Integration } from "./integration";

test("what the account sees is served, with a row for each, and a second sync writes nothing", async () => {
  const clock = fastClock();
  await using fake = await startFake({ seed: 3, items: 7, clock });
  await using place = await connectedApp(${code}Integration, fake, { clock });
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 7, failed: 0 });
  expect(differences(await place.served(), fake)).toEqual([]);
  const { rows } = await place.app.sql.query('SELECT count(*) FROM "${code}Item"');
  expect(rows).toEqual([[7]]);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 0, updated: 0 });
});
`;

const iconFile = (
  shown: string,
) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="${shown}">
  <rect x="3" y="3" width="18" height="18" rx="5" fill="#475569" />
  <path d="M8 16V8h4a3 3 0 0 1 0 6H8" fill="none" stroke="#f8fafc" stroke-width="2" stroke-linejoin="round" />
</svg>
`;

const fakeFile = (shown: string, auth: Auth) => `import { startRestFake } from "../rest/start-rest-fake";

/** Replace it with the provider's own paths, answers and refusals: see \`test/fakes/gong\` for one. */
export const startFake = startRestFake("${shown}", "${auth}");
`;
