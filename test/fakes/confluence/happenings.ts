/** What people do at Confluence beside writing, renaming and deleting pages. */
import type { Random } from "@test/random";
import type { Happening } from "../fake";
import type { ConfluenceWorld, FakePage } from "./world";
import { keyOf } from "./world";

/** All of it shows at once: each sync lists every page, comment, folder and space. */
export function confluenceHappenings(world: ConfluenceWorld, random: Random): readonly Happening[] {
  let serial = 0;
  const pages = () => world.visible("pages");
  const anyPage = (act: (page: FakePage) => void) => () => {
    const page = random.pick(world.visible());
    act(page);
    return keyOf(page);
  };
  const anyComment = (act: (id: string) => void) => () => {
    const ids = [...world.comments.keys()];
    if (ids.length > 0) act(random.pick(ids));
  };
  const happen: [string, () => string | undefined | void][] = [
    ["let it be seen again", () => showAgain(world)],
    ["comment in the text", anyPage((page) => world.comment(page, "inline-comments"))],
    ["edit a comment", anyComment((id) => world.editComment(id))],
    ["delete a comment", anyComment((id) => void world.comments.delete(id))],
    ["edit in the same moment", anyPage((page) => world.writeAtOnce(page))],
    ["move", () => move(world, random.pick(pages()), random)],
    ["rename a folder", () => void (random.pick([...world.folders.values()]).title = `Folder ${++serial}`)],
    ["rename a space", () => void (random.pick(world.spaces).name = `Space ${++serial}`)],
  ];
  return happen.map(([name, act]) => ({ name, seen: true, happen: act }));
}

function showAgain(world: ConfluenceWorld): string | undefined {
  const page = [...world.content.values()].find(({ hidden }) => hidden);
  if (page === undefined) return undefined;
  page.hidden = false;
  return keyOf(page);
}

/** To the top of either space, into a folder, or below a page that is not below it; what is below comes along. */
function move(world: ConfluenceWorld, page: FakePage, random: Random): string {
  const above = random.pick(world.visible("pages"));
  const way = random.below(3);
  if (way === 0)
    place(world, page, { spaceId: random.pick(world.spaces).id, parentId: null, parentType: null });
  else if (way === 1) place(world, page, { spaceId: "98305", parentId: "5001", parentType: "folder" });
  else if (!isBelow(world, above, page))
    place(world, page, { spaceId: above.spaceId, parentId: above.id, parentType: "page" });
  return keyOf(page);
}

type Place = Pick<FakePage, "spaceId" | "parentId" | "parentType">;

function place(world: ConfluenceWorld, page: FakePage, at: Place): void {
  Object.assign(page, at);
  for (const child of world.content.values())
    if (child.parentId === page.id) place(world, child, { ...at, parentId: page.id, parentType: "page" });
}

function isBelow(world: ConfluenceWorld, page: FakePage, other: FakePage): boolean {
  for (let one: FakePage | undefined = page; one !== undefined; one = world.content.get(one.parentId ?? ""))
    if (one.id === other.id) return true;
  return false;
}
