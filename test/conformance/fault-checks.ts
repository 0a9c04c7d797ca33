/** A provider in trouble: nothing is lost, nothing is taken for deleted, and people read what to do. */
import type { Check, Stage } from "./stage";

/** A sync through trouble that passes by itself. */
async function rodeOut(stage: Stage, begin: (() => void) | undefined): Promise<string[] | undefined> {
  if (begin === undefined) return undefined;
  const first = await stage.synced("full");
  stage.fake.world.create();
  begin();
  const during = await stage.synced("full");
  stage.fake.faults.heal();
  return [...first, ...during, ...(await stage.compare())];
}

/** A sync that must fail in words, and take nothing for deleted. */
async function failedWell(stage: Stage, begin: () => void): Promise<string[]> {
  const faults = await stage.synced("full");
  const before = (await stage.served()).size;
  begin();
  const run = await stage.sync("full");
  if (run.state === "succeeded" && run.deleted > 0)
    faults.push(`${run.deleted} items were taken for deleted`);
  if (run.state !== "failed" && run.state !== "succeeded") faults.push(`the sync ended as ${run.state}`);
  if (run.state === "failed" && (run.error ?? "").length < 20)
    faults.push(`the reason says nothing: "${run.error}"`);
  if ((await stage.served()).size !== before) faults.push("what was served before is not served any more");
  return faults;
}

export const faultChecks: readonly Check[] = [
  {
    name: "rate limits",
    hint: "Ask through context.http(): it waits as the provider says. Give it hostLimits.",
    run: (stage) => rodeOut(stage, stage.fake.faults.rateLimit && (() => stage.fake.faults.rateLimit?.(2))),
  },
  {
    name: "trouble that passes",
    hint: "Ask through context.http(), which tries again; do not swallow a TransientError.",
    run: async (stage) => {
      const { faults } = stage.fake;
      if ((faults.serverError ?? faults.breakOff ?? faults.slow) === undefined) return undefined;
      return rodeOut(stage, () => {
        faults.serverError?.(2);
        faults.breakOff?.(1);
        faults.slow?.(1);
      });
    },
  },
  {
    name: "cursors that expire",
    hint: "Throw CursorExpiredError where the provider says that it no longer knows the cursor.",
    run: async (stage) => {
      const { faults } = stage.fake;
      if (faults.expireCursors === undefined || faults.onRequest === undefined) return undefined;
      let requests = 0;
      faults.onRequest(() => {
        if (++requests === 5) faults.expireCursors?.();
      });
      return [...(await stage.synced("full")), ...(await stage.compare())];
    },
  },
  {
    name: "auth failure",
    hint: "A refused key is an AuthError: the account then asks for a reconnect, and everything stays.",
    run: async (stage) => {
      const { faults: trouble } = stage.fake;
      if (trouble.refuseCredential === undefined) return undefined;
      const faults = await failedWell(stage, () => trouble.refuseCredential?.());
      const [account] = await stage.app.credentials.list(stage.fake.integration);
      if (account?.status !== "needs_reconnect") faults.push(`the account's status is ${account?.status}`);
      trouble.heal();
      return [...faults, ...(await stage.synced("full")), ...(await stage.compare())];
    },
  },
  {
    name: "token refresh",
    byConsent: true,
    hint: "Use context.auth, or give context.http() an auth with refresh.",
    run: (stage) =>
      rodeOut(stage, stage.fake.faults.expireToken && (() => stage.fake.faults.expireToken?.())),
  },
  {
    name: "schema drift",
    hint: "Parse with loose objects and ask for ids only; what is needed and missing must fail the sync in words.",
    run: async (stage) => {
      const { world, faults } = stage.fake;
      if (world.createUnknown === undefined && faults.breakShape === undefined) return undefined;
      world.createUnknown?.();
      const found = [...(await stage.synced("full")), ...(await stage.compare())];
      if (faults.breakShape === undefined) return found;
      found.push(...(await failedWell(stage, () => faults.breakShape?.())));
      faults.heal();
      return [...found, ...(await stage.synced("full")), ...(await stage.compare())];
    },
  },
];
