/** One workspace in which everything happens that Slack knows, for the gallery in the documentation. */
import { type FakeChannel, SlackWorld } from "./world";

const start = Date.UTC(2026, 2, 3, 9, 0);
const minute = (count: number) => start + count * 60_000;

/** The world, and each part of the gallery with the channel and kind of artifact that shows it. */
export function galleryWorld(): {
  world: SlackWorld;
  parts: { title: string; channel: FakeChannel; kind: "conv" | "thread" }[];
} {
  const world = new SlackWorld();
  const app = world.addUser("stoneturner", { isBot: true });
  const [ann, bob] = [world.addUser("ann", { displayName: "Ann Lee" }), world.addUser("bob")];
  const general = world.addChannel("general", {
    topic: "What has no place of its own",
    purpose: "For everybody",
  });
  world.addChannel("board", { isMember: false, purpose: "The board's own" });

  const text = world.addChannel("text", { topic: "How to write" });
  world.post(text, `Morning <@${bob.id}>, <!here>: see <#${general.id}|general> :wave:`, minute(0), {
    user: ann.id,
  });
  world.post(
    text,
    "*Bold*, _slanted_, ~gone~ and `code &lt;as it is&gt;`. <https://example.com/plan|The plan> has more.",
    minute(1),
    { user: bob.id },
  );
  world.post(text, "&gt; It was never locked.\n• fuel\n• rope\n```make lift\nmake lower```", minute(2), {
    user: ann.id,
    edited: { user: ann.id, ts: "1772528700.000000" },
    reactions: [{ name: "eyes", count: 2, users: [] }],
  });
  world.post(text, "<@U404> has left", minute(3), { user: bob.id, subtype: "channel_leave" });

  const thread = world.addChannel("lifting", { isPrivate: true });
  const asked = world.post(thread, "When is the crane *back* from the harbour?", minute(0), { user: ann.id });
  world.answer(thread, asked, "Tuesday, they promised.", minute(3), { user: bob.id });
  world.answer(thread, asked, "Wednesday it is.", minute(4), { user: bob.id, subtype: "thread_broadcast" });
  const gone = world.post(thread, "Never mind", minute(5), { user: bob.id });
  world.answer(thread, gone, "I do mind.", minute(6), { user: ann.id });
  world.delete(thread, gone);

  const files = world.addChannel("files-and-apps");
  const file = { id: "F1", name: "loads.csv", title: "Loads of May", pretty_type: "CSV", size: 812 };
  world.post(files, "The numbers", minute(0), {
    user: bob.id,
    files: [{ ...file, permalink: "https://quarry.slack.com/files/U1/F1/loads.csv" }],
  });
  const section = {
    type: "section",
    text: { type: "mrkdwn", text: "*Release 4.2* is out: <https://example.com/4.2|notes>" },
  };
  const facts = { type: "section", fields: [{ type: "mrkdwn", text: "*Risk*\nlow" }] };
  world.post(files, "Release 4.2", minute(1), {
    bot_id: "B1",
    user: app.id,
    username: "Deploy",
    blocks: [section, facts],
  });
  const card = {
    title: "Load test",
    title_link: "https://example.com/test",
    text: "All 12 lifts passed.",
    fields: [{ title: "Took", value: "4 h" }],
    footer: "bench 3",
  };
  world.post(files, "", minute(2), {
    bot_id: "B2",
    subtype: "bot_message",
    username: "Bench",
    attachments: [card],
  });

  return {
    world,
    parts: [
      { title: "People, channels, styles, code", channel: text, kind: "conv" },
      { title: "A thread", channel: thread, kind: "thread" },
      { title: "A channel with threads", channel: thread, kind: "conv" },
      { title: "Files, apps' layouts and attachments", channel: files, kind: "conv" },
    ],
  };
}
