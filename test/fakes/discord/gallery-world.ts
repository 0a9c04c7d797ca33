/** One server in which everything happens that Discord knows, for the gallery in the documentation. */
import { ChannelType, EmbedType, MessageType } from "discord-api-types/v10";
import { DiscordWorld, type FakeChannel } from "./world";

const start = Date.UTC(2026, 2, 3, 9, 0);
const minute = (count: number) => start + count * 60_000;

/** The world, and each part of the gallery with the channel that shows it. */
export function galleryWorld(): { world: DiscordWorld; parts: { title: string; channel: FakeChannel }[] } {
  const world = new DiscordWorld(() => start - 86_400_000);
  const guild = world.addGuild("Quarry & Sons");
  const [ann, bob] = [world.addUser("ann", { globalName: "Ann Lee" }), world.addUser("bob")];
  const robot = world.addUser("Deploybot", { bot: true });
  for (const user of [ann, bob, robot]) guild.members.set(user.id, { nick: null, roles: [] });
  guild.members.set(bob.id, { nick: "Bob from Ops", roles: [] });
  const ops = { id: world.newId(start), name: "Ops", permissions: 0n };
  guild.roles.push(ops);
  const general = world.addChannel(guild, "general", { topic: "Everything that has no place of its own" });

  const markup = world.addChannel(guild, "markup");
  world.post(
    markup,
    ann,
    `Morning <@${bob.id}> and <@&${ops.id}>, see <#${general.id}> :wave: <:crane:123456789012345678>`,
    { at: minute(0) },
  );
  world.post(
    markup,
    bob,
    "The gate opens <t:1772532000:F>. ||It was never locked.|| [The plan](https://example.com/plan)",
    { at: minute(1) },
  );
  world.post(markup, ann, "# Checklist\n- [x] fuel\n- [ ] rope\n-# as of today\n```sh\nmake lift\n```", {
    at: minute(2),
  });

  const replies = world.addChannel(guild, "replies");
  const question = world.post(replies, ann, "When is the crane **back** from the harbour?", {
    at: minute(0),
  });
  world.post(replies, bob, "Tuesday, they promised.", { at: minute(3), replyTo: question.id });
  const gone = world.post(replies, bob, "Or Wednesday.", { at: minute(4) });
  world.post(replies, ann, "Make up your mind.", { at: minute(5), replyTo: gone.id });
  world.delete(replies, gone.id);
  world.edit(replies, question.id, "When is the crane **back** from the north harbour?", minute(6));
  world.react(replies, question.id, "👀", 2);
  world.react(replies, question.id, "👍", 1);
  world.post(replies, ann, "", { at: minute(8), forward: { channelId: replies.id, messageId: question.id } });

  const files = world.addChannel(guild, "files-and-cards");
  world.post(files, bob, "Yesterday's photos", {
    at: minute(0),
    attachments: [
      {
        filename: "crane.jpg",
        size: 2_345_678,
        content_type: "image/jpeg",
        description: "The crane at dusk",
      },
      { filename: "loads.csv", size: 812, content_type: "text/csv" },
    ],
  });
  world.post(files, robot, "", {
    at: minute(1),
    embeds: [
      {
        type: EmbedType.Rich,
        title: "Release 4.2",
        url: "https://example.com/releases/4.2",
        description: "Lifts are 12 % faster.",
        author: { name: "release-notes" },
        fields: [{ name: "Risk", value: "low", inline: false }],
        footer: { text: "built on Tuesday" },
      },
    ],
  });
  world.post(files, robot, "Deployed to production", { at: minute(2), webhookId: world.newId(start) });
  world.post(files, ann, "", { at: minute(3), stickers: ["Wumpus waves"] });
  world.post(files, robot, "", {
    at: minute(4),
    components: [
      {
        ...{ type: 17, id: 1, accent_color: null, spoiler: false },
        components: [
          { type: 10, id: 2, content: "**Load test** passed" },
          {
            type: 1,
            id: 3,
            components: [{ type: 2, id: 4, style: 5, label: "Open the report", url: "https://example.com" }],
          },
        ],
      },
    ],
  });
  world.post(files, ann, "", {
    at: minute(5),
    poll: {
      question: "Which colour for the crane?",
      answers: [
        ["Green", 3],
        ["Yellow", 1],
      ],
    },
  });

  const fields = { poll_question_text: "Which colour for the crane?", victor_answer_text: "Green" };
  const votes = { victor_answer_votes: "3", total_votes: "4" };
  world.post(files, ann, "", {
    at: minute(6),
    type: MessageType.PollResult,
    embeds: [
      {
        type: EmbedType.PollResult,
        fields: Object.entries({ ...fields, ...votes }).map(([name, value]) => ({
          name,
          value,
          inline: false,
        })),
      },
    ],
  });
  const answer = world.post(files, robot, "Version 4.3 is out.", {
    at: minute(7),
    type: MessageType.ChatInputCommand,
  });
  Object.assign(answer, { interaction: { id: world.newId(start), type: 2, name: "deploy", user: bob } });

  world.post(general, ann, "", { at: minute(0), type: MessageType.UserJoin });
  const idea = world.post(general, bob, "Shall we paint the crane?", { at: minute(1) });
  const thread = world.threadFrom(general, idea, "Painting the crane");
  world.post(thread, ann, "Green. It rained in May, so wait for June.", { at: minute(3) });
  world.post(thread, bob, "June it is.", { at: minute(4) });

  const forum = world.addChannel(guild, "questions", {
    type: ChannelType.GuildForum,
    tags: [
      { id: world.newId(start), name: "solved" },
      { id: world.newId(start), name: "ropes" },
    ],
  });
  const post = world.addThread(forum, "Which rope takes 4 tons?", ann, {
    at: minute(0),
    text: "The blue one is frayed. What do we order?",
    tags: forum.tags.map(({ id }) => id),
  });
  world.post(post, bob, "Steel core, 16 mm. Ordered two.", { at: minute(30) });
  const voice = world.addChannel(guild, "standup", { type: ChannelType.GuildVoice });
  world.post(voice, bob, "Notes of the stand-up: rope arrives Thursday.", { at: minute(0) });
  const parts = [
    { title: "Mentions, times, emoji, spoilers, headings, code", channel: markup },
    { title: "Replies, edits, deletions, reactions, forwards", channel: replies },
    { title: "Files, embeds, webhooks, stickers, components, polls", channel: files },
    { title: "A channel with a thread", channel: general },
    { title: "The thread, with the message it began from", channel: thread },
    { title: "A forum's post with its tags", channel: post },
    { title: "The text of a voice channel", channel: voice },
  ];
  return { world, parts };
}
