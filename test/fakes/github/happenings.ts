/** What people do at GitHub beside writing, editing and deleting things. */
import type { Random } from "@test/random";
import type { Happening } from "../fake";
import { threadKey } from "./expected";
import type { FakeRepository, FakeThread } from "./types";
import type { GithubWorld } from "./world";

export function githubHappenings(world: GithubWorld, random: Random): readonly Happening[] {
  let serial = 0;
  const words = () => `What was said is another thing now, ${++serial} times.`;
  const toAny = (fits: (thread: FakeThread) => boolean, act: (thread: FakeThread) => void) => () => {
    const all = world.threads.filter(fits);
    if (all.length === 0) return undefined;
    const thread = random.pick(all);
    act(thread);
    return threadKey(thread);
  };
  const commented = ({ kind, comments }: FakeThread) => kind !== "discussion" && comments.length > 0;
  const close = (thread: FakeThread) =>
    Object.assign(thread, { state: thread.state === "open" ? "closed" : "open", updatedAt: world.tick() });
  const anyRepository = (act: (one: FakeRepository) => void) => () =>
    world.repositories.length === 0 ? undefined : act(random.pick(world.repositories));
  const wikis = new Map<number, Map<string, string>>();
  return [
    // None of these two moves the issue's own time.
    {
      name: "edit a comment of",
      seen: true,
      happen: toAny(commented, ({ comments }) => {
        const comment = random.pick(comments);
        Object.assign(comment, { body: words(), updatedAt: world.tick() });
      }),
    },
    {
      name: "edit a comment in the code of",
      seen: true,
      happen: toAny(
        ({ lineThreads }) => lineThreads.length > 0,
        ({ lineThreads }) => {
          const comment = random.pick(random.pick(lineThreads).comments);
          Object.assign(comment, { body: words(), updatedAt: world.tick() });
        },
      ),
    },
    {
      name: "delete a comment of",
      seen: false,
      happen: toAny(commented, ({ comments }) => void comments.pop()),
    },
    { name: "close or open", seen: true, happen: toAny(({ state }) => state !== "merged", close) },
    {
      name: "rename a repository",
      seen: true,
      happen: anyRepository((one) => world.rename(one, `yard-${++serial}`)),
    },
    { name: "no more access to a repository", seen: true, happen: () => world.lose() },
    { name: "access to a repository again", seen: true, happen: () => world.regain() },
    {
      name: "switch a wiki off or on",
      seen: true,
      happen: anyRepository((one) => {
        const before = one.wiki;
        one.wiki = before === undefined ? wikis.get(one.id) : undefined;
        if (before !== undefined) wikis.set(one.id, before);
      }),
    },
  ];
}
