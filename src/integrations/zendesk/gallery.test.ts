/** The gallery of the documentation is what the integration makes of the stand-in's items. `UPDATE_DOCS=1` writes it. */
import { test } from "bun:test";
import { keepGallery } from "@test/gallery";
import { zendeskDesk } from "@test/zendesk";
import { keyOf } from "../../../test/fakes/zendesk/fake";

const [ana, bo] = [9_007_100, 9_007_101];
const MARA = 9_100_000;

test("an article and a ticket are in the documentation as they are rendered", async () => {
  await using place = await zendeskDesk({ read: "help centre, tickets", notes: "yes" });
  const body =
    "<h1>Before you start</h1><p>Close <strong>valve 7</strong>, then read <a href='/hc/en-us/articles/12'>this</a>.</p>" +
    "<table><thead><tr><th>Pump</th><th>Litres</th></tr></thead><tbody><tr><td>4</td><td>1,200</td></tr></tbody></table>" +
    "<pre><code class='language-bash'>pumps --all</code></pre><p><script>alert(1)</script>Done &amp; dry.</p>";
  const article = place.fake.world.add({
    title: "How to drain dock 3",
    body,
    label_names: ["dock"],
    user_segment_id: 360_001,
  });
  const { desk } = place;
  const ticket = desk.add(
    {
      ...{
        subject: "Pump 4 loses oil",
        status: "solved",
        priority: "urgent",
        type: "incident",
        tags: ["pump"],
      },
      ...{ requester_id: MARA, organization_id: 5_500, assignee_id: ana },
      custom_fields: [
        { id: 801, value: "dry_dock" },
        { id: 802, value: "N-17" },
      ],
      satisfaction_rating: { score: "good", comment: "Quick & kind" },
    },
    "Since Monday pump 4 loses <b>a litre an hour</b>. What can we do?",
  );
  desk.say(ticket, bo, "<p>Gasket again? We have two in <i>store B</i>.</p>", { public: false });
  desk.say(
    ticket,
    ana,
    "<p>Close valve 7, then change the gasket:</p><ol><li>Drain it.</li><li>Turn it.</li></ol>",
    {
      attachments: [
        {
          id: 1,
          file_name: "gasket.pdf",
          size: 48_200,
          content_url: "https://acme.zendesk.com/attachments/token/x/",
        },
      ],
    },
  );
  await place.connect();
  await place.sync();
  const parts = [
    { title: "An article", markdown: (await place.served()).get(keyOf(article))?.markdown },
    { title: "A ticket, with its notes", markdown: await place.markdown(ticket) },
  ];
  const lasting = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "2026-03-02 09:30 UTC");
  await keepGallery("zendesk", import.meta.path, parts, lasting);
});
