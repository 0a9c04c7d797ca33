/** The same integration against a Gmail that nobody here wrote: vercel-labs' emulator, in this process. */
import { expect, test } from "bun:test";
import { createEmulator } from "emulate";
import { z } from "zod";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { freePort } from "@test/free-port";
import { GOOGLE_CLIENT } from "../../../test/fakes/google-consent";
import { gmailIntegration } from "./integration";

const token = "ya29.emulated0123456789";
const email = "ana@harbour.example";
const seed = {
  tokens: { [token]: { login: email, scopes: ["https://www.googleapis.com/auth/gmail.modify"] } },
  google: {
    users: [{ email, name: "Ana Silva" }],
    labels: [{ id: "Label_1", user_email: email, name: "Clients" }],
  },
};
const placeSchema = z.object({ historyId: z.string() });
const messageSchema = z.looseObject({ id: z.string(), threadId: z.string() });

/** The emulator with what it lacks: the profile, and a grant without a browser. */
function withProfile(target: string) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      if (pathname === "/token")
        return Response.json({ access_token: token, refresh_token: "1//emulated", expires_in: 3_599 });
      if (!pathname.endsWith("/profile")) {
        const answer = await fetch(`${target}${pathname}${search}`, { headers });
        return new Response(await answer.text(), {
          status: answer.status,
          headers: { "content-type": "application/json" },
        });
      }
      const watch = await fetch(`${target}/gmail/v1/users/me/watch`, {
        ...{ method: "POST", headers },
        body: JSON.stringify({ topicName: "projects/x/topics/y" }),
      });
      const { historyId } = placeSchema.strip().parse(await watch.json());
      return Response.json({ emailAddress: email, historyId });
    },
  });
}

/** A mail as it travels. */
function mime(from: string, subject: string, text: string, answers = ""): string {
  const head = [
    `From: ${from}`,
    `To: ${email}`,
    `Subject: ${subject}`,
    ...(answers === "" ? [] : [`In-Reply-To: ${answers}`]),
  ];
  const parts = [
    `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`,
    `--b\r\nContent-Type: application/pdf; name="plan.pdf"\r\nContent-Disposition: attachment; filename="plan.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${btoa("%PDF-1.4 plan")}`,
  ];
  return [
    ...head,
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="b"',
    "",
    ...parts,
    "--b--",
    "",
  ].join("\r\n");
}

test("an emulated mailbox of over a page of threads is read, and followed", async () => {
  const emulator = await createEmulator({ service: "google", port: freePort(), seed });
  const target = emulator.url.replace("localhost", "127.0.0.1");
  const proxy = withProfile(target);
  try {
    const send = async (method: string, path: string, body?: unknown) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const answer = await fetch(`${target}/gmail/v1/users/me/${path}`, {
        ...{ method, headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      expect([path, answer.ok]).toEqual([path, true]);
      const text = await answer.text();
      return text === "" ? {} : JSON.parse(text);
    };
    const deliver = async (raw: string, more: Record<string, unknown> = {}) =>
      messageSchema.parse(
        await send("POST", "messages", {
          raw: Buffer.from(raw).toString("base64url"),
          labelIds: ["INBOX"],
          ...more,
        }),
      );
    const made = [];
    for (let count = 1; count <= 104; count++)
      made.push(await deliver(mime("Bo <bo@pumps.example>", `Pump ${count}`, `It leaks ${count} litres.`)));
    const url = `http://127.0.0.1:${proxy.port}`;
    const clock = fastClock();
    // The emulator's search knows no categories.
    const options = { promotions: "yes" };
    const consent = async (address: string) => {
      const asked = new URL(address).searchParams;
      return `${asked.get("redirect_uri")}?code=c&state=${encodeURIComponent(asked.get("state") ?? "")}`;
    };
    await using place = await connectedApp(
      gmailIntegration,
      {
        apiUrls: `gmail=${url},gmail.token=${url}/token`,
        credential: {
          integration: "Gmail",
          accessKey: GOOGLE_CLIENT.id,
          secretKey: GOOGLE_CLIENT.secret,
          options,
        },
        consent,
      },
      { clock },
    );
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", inserted: 104, failed: 0 });
    const textOf = async (message: { threadId: string } | undefined) =>
      (await place.served()).get(`gmail:${message?.threadId}`)?.markdown;
    expect(await textOf(made[3])).toContain("It leaks 4 litres.");
    expect(await textOf(made[3])).toContain("Attachments: plan.pdf (13 bytes)");
    expect(await place.sync("incremental")).toMatchObject({ inserted: 0, updated: 0, deleted: 0 });

    const [first, second, third, fourth] = made;
    await deliver(mime("Cy <cy@x.example>", "Re: Pump 1", "I weld it.\r\n\r\n> It leaks 1 litres."), {
      threadId: first?.threadId,
    });
    await send("POST", `threads/${second?.threadId}/trash`);
    await send("DELETE", `messages/${third?.id}`);
    await send("POST", `messages/${fourth?.id}/modify`, {
      removeLabelIds: ["UNREAD"],
      addLabelIds: ["Label_1"],
    });
    expect(await place.sync("incremental")).toMatchObject({ inserted: 0, updated: 1, deleted: 2, failed: 0 });
    expect(await textOf(first)).toContain("I weld it.");
    expect(await textOf(first)).not.toContain("> It leaks");
    expect(await place.sync("full")).toMatchObject({ inserted: 0, updated: 0, deleted: 0 });
    // Here a thread's own number is that of its newest message, whatever happens to the others.
    await send("POST", `messages/${first?.id}/trash`);
    expect(await place.sync("incremental")).toMatchObject({ updated: 1, failed: 0 });
    expect(await textOf(first)).not.toContain("Messages: 2");
    const { rows } = await place.app.sql.query(
      `SELECT l."name" FROM "gmailMessage" m, json_each(m."labels") j JOIN "gmailLabel" l ON l."labelId" = j."value" WHERE m."messageId" = '${fourth?.id}' ORDER BY l."name"`,
    );
    expect(rows).toEqual([["Clients"], ["Inbox"]]);
  } finally {
    await proxy.stop(true);
    await emulator.close();
  }
}, 60_000);
