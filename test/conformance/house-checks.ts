/** What every integration owes the rest of the program: names, purge, forms, secrets, clean markdown, few requests. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { listChoices } from "@/core/services/list-choices";
import type { Check, Stage } from "./stage";

const assets = resolve(import.meta.dir, "../../src");

async function rowsOf(stage: Stage, sql: string): Promise<string[]> {
  return (await stage.app.db.raw.all(sql)).map((row) => String(Object.values(row)[0]));
}

/** Each list has something in it, and what it writes into its setting is taken when the account is stored. */
async function choicesOf({ app, fake, integration }: Stage, key: string): Promise<string[]> {
  const { integration: name, optionInputs = [] } = integration.config;
  if (!optionInputs.some((field) => field.key === key)) return [`optionInputs has no "${key}" to choose for`];
  const [stored] = await app.credentials.list(name);
  if (stored === undefined) return ["the account is not stored"];
  const { account, baseUrl } = stored;
  const { options } = fake.credential;
  const input = { integration: name, account, baseUrl: baseUrl ?? undefined, options, keepSecrets: true };
  const { signal } = new AbortController();
  const { choices } = await listChoices(app, integration, { option: key, input, words: "", signal });
  const [first] = choices;
  if (first === undefined) return [`there is nothing to choose for "${key}"`];
  const known = new Set(choices.map(({ value }) => value));
  if (known.size < choices.length) return [`"${key}" has choices that are written alike`];
  await app.credentials.save(integration, { ...input, options: { ...options, [key]: first.value } });
  return [];
}

export const houseChecks: readonly Check[] = [
  {
    name: "choices",
    hint: "Yield the id that the setting takes, or a name that connect() finds again; set byIdOnly where it takes ids alone.",
    run: async (stage) => {
      const keys = Object.keys(stage.integration.choices ?? {});
      if (keys.length === 0) return undefined;
      return (await Promise.all(keys.map((key) => choicesOf(stage, key)))).flat();
    },
  },
  {
    name: "one name everywhere",
    hint: "Let the core write artifacts and tasks: it takes the name from config.integration.",
    run: async (stage) => {
      const { integration: name } = stage.integration.config;
      const faults = await stage.synced("full");
      for (const table of ["mdArtifacts", "syncTask", "syncRun"]) {
        const names = await rowsOf(stage, `SELECT DISTINCT integration FROM ${table}`);
        faults.push(
          ...names.filter((one) => one !== name).map((one) => `${table} has rows of "${one}", not "${name}"`),
        );
      }
      if (stage.fake.integration !== name) faults.push(`the fake calls itself "${stage.fake.integration}"`);
      if (stage.app.registry.find(name.toUpperCase()) !== stage.integration)
        faults.push("it is not found in capitals");
      return faults;
    },
  },
  {
    name: "purge",
    hint: "List your own tables in createIntegration({ tables }); each has a column `account`.",
    run: async (stage) => {
      const faults = await stage.synced("full");
      await stage.app.runner.purge(stage.integration.config.integration);
      const tables = [
        "mdArtifacts",
        "chunk",
        "syncTask",
        "syncItem",
        "syncCheckpoint",
        ...(stage.integration.tableNames ?? []),
      ];
      for (const table of tables) {
        const [rows] = await rowsOf(stage, `SELECT count(*) FROM "${table}"`);
        if (rows !== "0") faults.push(`${table} still has ${rows} rows after deleteSync`);
      }
      return [...faults, ...(await stage.synced("full")), ...(await stage.compare())];
    },
  },
  {
    name: "form and words",
    hint: "Fill config.ts: icon of its own in src/assets, description, about, example queries that run.",
    run: async (stage) => {
      const { config } = stage.integration;
      const faults = await stage.synced("full");
      if (!existsSync(join(assets, config.icon))) faults.push(`there is no icon at src${config.icon}`);
      if ((config.description ?? "").length < 40) faults.push("config.description does not say what is read");
      if ((config.about ?? "").length < 40)
        faults.push("config.about does not tell agents what an artifact is and what the tables hold");
      for (const { label } of [...(config.inputs ?? []), ...(config.optionInputs ?? [])])
        if (label.trim() === "") faults.push("a field of the form has no label");
      for (const { question, sql } of config.exampleQueries ?? []) {
        const rows = await stage.app.sql.query(sql).catch((error: unknown) => String(error));
        if (typeof rows === "string") faults.push(`the example query for "${question}" fails: ${rows}`);
      }
      return faults;
    },
  },
  {
    name: "no secret leaks",
    hint: "Never put a key into a URL, an error, a log line or a row; context.http() hides what it sends itself.",
    run: async (stage) => {
      const { secrets, faults } = stage.fake;
      if (secrets.length === 0) return undefined;
      await stage.sync("full");
      faults.refuseCredential?.();
      await stage.sync("full");
      faults.heal();
      const places: [string, string][] = [
        ["the log", JSON.stringify(stage.app.logged)],
        ["the list of accounts", JSON.stringify(await stage.app.credentials.list())],
        ...readdirSync(stage.app.folder)
          .filter((file) => /\.db(-wal)?$/.test(file))
          .map((file): [string, string] => [file, readFileSync(join(stage.app.folder, file), "latin1")]),
      ];
      return places.flatMap(([place, text]) =>
        secrets.flatMap((secret, index) =>
          text.includes(secret) ? [`secret ${index + 1} stands in ${place}`] : [],
        ),
      );
    },
  },
  {
    name: "clean markdown",
    hint: "Escape people's text with inlineText(), lineText() and cellText() of lib/markdown-text.",
    run: async (stage) => {
      const faults = await stage.synced("full");
      const rows = await stage.app.db.raw.all(
        "SELECT integrationArtifactId AS id, title, markdown, url, artifactDate FROM mdArtifacts WHERE deletedAt IS NULL",
      );
      for (const row of rows)
        faults.push(...markdownFaults(row).map((fault) => `${String(row["id"])} ${fault}`));
      return faults.slice(0, 20);
    },
  },
  {
    name: "few requests",
    hint: "Ask for pages as large as the provider gives, for many items at once, and for nothing twice. Where each kind takes a question of its own, say in `leastForNothingNew` of the fake how many an incremental sync needs; let the fake's items be made hours apart, so that an overlap lists few of them again.",
    run: async (stage) => {
      if (stage.fake.leastRequests() === 0) return undefined;
      const before = stage.fake.requests().length;
      const faults = await stage.synced("full");
      const full = stage.fake.requests().length - before;
      const least = stage.fake.leastRequests();
      if (full > Math.ceil(least * 1.1)) faults.push(`a full sync took ${full} requests, ${least} would do`);
      faults.push(...(await stage.synced("incremental")));
      const more = stage.fake.requests().length - before - full;
      const enough = stage.fake.leastForNothingNew?.() ?? 0;
      if (more > Math.max(full, Math.ceil(enough * 1.1)))
        faults.push(`an incremental sync of nothing new took ${more} requests, the full one ${full}`);
      return faults;
    },
  },
];

function markdownFaults(row: Record<string, unknown>): string[] {
  const text = (name: string) => (typeof row[name] === "string" ? row[name] : "");
  const markdown = text("markdown");
  const faults: string[] = [];
  if (text("title").trim() === "") faults.push("has no title");
  if (/\[object |\bundefined\b|\bNaN\b/.test(markdown))
    faults.push("holds what a program forgot to write out");
  // oxlint-disable-next-line no-control-regex -- these are what must not be there
  if (/[\u0000-\u0008\u000B-\u001F\u007F]/.test(markdown)) faults.push("holds control characters");
  if (/(?<!\\)<(?:script|iframe|style|img|object)\b/i.test(markdown)) faults.push("holds raw HTML");
  if ((markdown.match(/^```/gm)?.length ?? 0) % 2 === 1) faults.push("has a code fence that is not closed");
  if (/\n{4,}/.test(markdown)) faults.push("has long runs of empty lines");
  if (text("url") !== "" && !URL.canParse(text("url"))) faults.push(`has no usable address: ${text("url")}`);
  const date = text("artifactDate");
  if (date !== "" && new Date(date).toISOString() !== date)
    faults.push(`has a date that is not ISO-8601 UTC: ${date}`);
  return faults;
}
