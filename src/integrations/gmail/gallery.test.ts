/** The gallery of the documentation is what the integration makes of the stand-in's mail. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { keepGallery } from "@test/gallery";
import { startGmail } from "../../../test/fakes/gmail/fake";
import { type FakePart, html, plain, withFile } from "../../../test/fakes/gmail/parts";
import { ANA, BO, type FakeMessage, keyOf, type MailWorld } from "../../../test/fakes/gmail/world";
import { gmailIntegration } from "./integration";

test("threads are in the documentation as they are rendered", async () => {
  const clock = fastClock();
  await using fake = await startGmail({ seed: 5, items: 0, clock });
  const shown = [
    { title: "A thread with answers between the quoted lines", first: order(fake.world) },
    { title: "A mail of a shop, built of tables", first: receipt(fake.world) },
  ];
  await using place = await connectedApp(gmailIntegration, fake, { clock });
  expect(await place.sync()).toMatchObject({ state: "succeeded", failed: 0 });
  const served = await place.served();
  const parts = shown.map(({ title, first }) => ({ title, markdown: served.get(keyOf(first))?.markdown }));
  await keepGallery("gmail", import.meta.path, parts, (text) => text);
});

const SIGNATURE =
  '<br>-- <br><div class="gmail_signature"><b>Bo Lindqvist</b><br>Sales, Pumps Ltd<br>+46 8 123 456</div>';

function order(world: MailWorld): FakeMessage {
  const said = (minutes: number, from: string, parts: FakePart, threadId?: string) =>
    world.write({
      ...{
        at: Date.parse("2026-05-12T09:31:00Z") + minutes * 60_000,
        from,
        to: from === ANA ? BO : ANA,
        parts,
      },
      ...(threadId === undefined ? {} : { threadId }),
      labels: from === ANA ? ["SENT"] : ["INBOX"],
      headers: {
        Subject: threadId === undefined ? "Pump for dock 3" : "Re: Pump for dock 3",
        Cc: "Cy Rao <cy@harbour.example>",
      },
    });
  const offer = html(
    `<div>Hello Ana,<br><br>the pump costs <b>400 euros</b>, and comes in two weeks. See <a href="https://pumps.example/p/12">its page</a>.<br><br>Do you want it painted, and in which colour?</div>${SIGNATURE}`,
  );
  const first = said(
    0,
    BO,
    withFile(offer, { name: "offer.pdf", mimeType: "application/pdf", size: 120_345 }),
  );
  const claim = "On Tue, 12 May 2026 at 11:31, Lindqvist, Bo <bo@pumps.example> wrote:";
  const answers =
    "> the pump costs 400 euros, and comes\n> in two weeks. See its page.\n\nTwo weeks is late, can it be one?\n\n> Do you want it painted, and in which colour?\n\nGreen, please.";
  said(30, ANA, plain(`${claim}\n\n> Hello Ana,\n>\n${answers}\n`), first.threadId);
  const head =
    "<hr><b>From:</b> Ana Silva &lt;ana@harbour.example&gt;<br><b>Sent:</b> Tuesday, 12 May 2026 12:01<br><b>To:</b> Lindqvist, Bo<br><b>Subject:</b> Re: Pump for dock 3<br><br>Two weeks is late, can it be one?<br>Green, please.";
  said(
    95,
    BO,
    html(
      `<div>One week it is:</div><ul><li>cast on Monday</li><li>painted green on Friday</li></ul>${SIGNATURE}${head}`,
    ),
    first.threadId,
  );
  return first;
}

function receipt(world: MailWorld): FakeMessage {
  const items =
    "<table><tr><td>Pump S</td><td>1</td><td>400.00 €</td></tr><tr><td>Freight</td><td></td><td>38.50 €</td></tr></table>";
  const body = `<table width="600"><tr><td><h1>Thank you for your order</h1></td></tr><tr><td><p>Number <b>88213</b>, paid by card.</p>${items}</td></tr><tr><td><a href="https://pumps.example/o/88213">Follow it</a></td></tr></table>`;
  return world.write({
    ...{ at: Date.parse("2026-05-20T06:00:00Z"), from: '"Pumps Shop" <shop@pumps.example>' },
    headers: { Subject: "Your order 88213" },
    parts: { mimeType: "text/html", text: body },
  });
}
