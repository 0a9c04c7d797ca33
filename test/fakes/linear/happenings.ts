/** What people do at Linear beside writing things and throwing them away. */
import type { Random } from "@test/random";
import type { Happening } from "../fake";
import { keyOf, type LinearWorld, type Thing } from "./world";

export function linearHappenings(world: LinearWorld, random: Random): readonly Happening[] {
  let serial = 0;
  const issue = (act: (issue: Thing) => void) => () => {
    const all = world.ofKind("issue");
    if (all.length === 0) return undefined;
    const one = random.pick(all);
    act(one);
    return keyOf(one);
  };
  const commented = (act: (issue: Thing) => void) => () => {
    const all = world.ofKind("issue").filter(({ comments }) => comments.length > 0);
    if (all.length > 0) act(random.pick(all));
  };
  return [
    { name: "edit a comment", seen: true, happen: commented((one) => world.editComment(one)) },
    {
      name: "delete a comment",
      seen: false,
      happen: commented(({ comments }) => void comments.splice(random.below(comments.length), 1)),
    },
    { name: "many comments", seen: true, happen: issue((one) => talk(world, one)) },
    { name: "attach", seen: true, happen: issue((one) => world.attach(one)) },
    {
      name: "relate",
      seen: false,
      happen: issue((one) => world.relate(one, "blocks", random.pick(world.ofKind("issue")))),
    },
    {
      name: "move to another team",
      seen: true,
      happen: issue((one) => world.change(one, { team: random.pick(world.teams) })),
    },
    { name: "archive", seen: true, happen: issue((one) => world.archive(one)) },
    {
      name: "rename, and twice at once",
      seen: true,
      happen: issue((one) => {
        world.change(one, { title: `Renamed ${++serial}` });
        const { updatedAt } = one;
        world.change(one, { title: `Renamed ${++serial}`, state: random.pick(world.states) });
        one.updatedAt = updatedAt;
      }),
    },
    { name: "take out of the bin", seen: true, happen: () => world.restore() },
    { name: "let it be seen again", seen: false, happen: () => world.show() },
    { name: "erase", seen: false, takesAway: true, happen: () => world.erase() },
    {
      name: "rename a team",
      seen: false,
      happen: () => void (random.pick(world.teams).name = `Team ${++serial}`),
    },
  ];
}

function talk(world: LinearWorld, issue: Thing): void {
  for (let index = 0; index < 6; index++) world.comment(issue, world.sentence());
}
