/** What people do in SharePoint beside writing files and deleting them. */
import type { Happening } from "../fake";
import { type FakeItem, keyOf, type SharePointWorld, topOf } from "./world";

export function sharepointHappenings(world: SharePointWorld): readonly Happening[] {
  const { random } = world;
  let serial = 0;
  const folders = () =>
    world.readDrives().flatMap((drive) => world.shown(drive).filter((one) => one.kind === "folder"));
  const toFolder = (act: (folder: FakeItem) => void) => () => {
    const all = folders();
    if (all.length === 0) return undefined;
    const folder = random.pick(all);
    act(folder);
    return folder.id;
  };
  const toFile = (act: (file: FakeItem) => void) => () => {
    const file = world.pick();
    act(file);
    return keyOf(file);
  };
  const move = (item: FakeItem) => {
    const others = folders().filter((one) => one.drive === item.drive && !world.isInside(one, item));
    world.move(item, random.pick([topOf(item.drive), ...others.map(({ id }) => id)]));
  };
  const share = () => {
    const folder = world.folder(world.others);
    world.add(world.others, { parentId: folder.id });
    world.add(world.others, { parentId: world.folder(world.others, "Deeper", folder.id).id });
    world.shortcut(random.below(2) === 0 ? folder : world.add(world.others), `Shared ${++serial}.txt`);
  };
  const inBin = () =>
    world
      .readDrives()
      .flatMap((drive) => [...drive.items.values()])
      .find((item) => item.deleted && item.kind !== "folder" && !item.outOfSight);
  const seen: Omit<Happening, "seen">[] = [
    { name: "move", happen: toFile(move) },
    { name: "move the folder", happen: toFolder(move) },
    { name: "rename", happen: toFile((file) => world.change(file, { name: `Paper ${++serial}.txt` })) },
    {
      name: "rename the folder",
      happen: toFolder((one) => world.change(one, { name: `Folder R${++serial}` })),
    },
    {
      name: "make a folder in",
      happen: toFolder(
        (one) => void world.add(one.drive, { parentId: world.folder(one.drive, undefined, one.id).id }),
      ),
    },
    {
      name: "delete the folder",
      takesAway: true,
      happen: toFolder((one) => world.remove(one, random.below(2) === 0)),
    },
    {
      name: "keep one file of a folder that is deleted",
      takesAway: true,
      happen: toFolder((folder) => {
        const [kept] = world.inside(folder).filter((one) => one.reads !== undefined);
        if (kept !== undefined) world.move(kept, topOf(kept.drive));
        world.remove(folder, true);
      }),
    },
    {
      name: "out of the bin",
      happen: () => {
        const item = inBin();
        if (item !== undefined) world.restore(item);
        return item?.id;
      },
    },
    {
      name: "into another drive",
      happen: toFile((file) => void world.moveAcross(file, random.pick(world.readDrives()))),
    },
    {
      name: "rename a library",
      happen: () =>
        void (random.pick(world.sites.flatMap(({ drives }) => drives)).name = `Library ${++serial}`),
    },
    {
      name: "a site's address changes",
      happen: () => void (random.pick(world.sites).url = `https://contoso.sharepoint.com/sites/S${++serial}`),
    },
    { name: "rename a site", happen: () => void (random.pick(world.sites).name = `Site ${++serial}`) },
    {
      name: "a new library",
      happen: () => void world.add(world.library(`Library ${++serial}`, random.pick(world.sites))),
    },
    {
      name: "take a library away",
      takesAway: true,
      happen: () => {
        const site = random.pick(world.sites);
        const gone = site.drives.length > 1 ? site.drives.pop() : undefined;
        return gone?.id;
      },
    },
    {
      name: "a site goes out of sight or comes back",
      takesAway: true,
      happen: () => {
        const site = random.pick(world.sites);
        const seenOnes = world.sites.filter(({ outOfSight }) => !outOfSight);
        if (!site.outOfSight && seenOnes.length === 1) return undefined;
        site.outOfSight = !site.outOfSight;
        return site.id;
      },
    },
    { name: "share", happen: share },
    {
      name: "rename what is shared",
      happen: () => {
        const [folder] = world.shown(world.others).filter(({ kind }) => kind === "folder");
        if (folder !== undefined) world.change(folder, { name: `Theirs ${++serial}` });
      },
    },
    {
      name: "remove a shortcut",
      takesAway: true,
      happen: () => {
        const shortcut = world.shown(world.oneDrive).find(({ kind }) => kind === "shortcut");
        if (shortcut !== undefined) world.remove(shortcut);
        return shortcut?.id;
      },
    },
    {
      name: "begin to edit a page",
      happen: () => {
        const [page] = world.allPages();
        if (page !== undefined)
          world.changePage(page, { level: page.level === "draft" ? "published" : "draft" });
        return page?.id;
      },
    },
  ];
  return [
    ...seen.map((one) => ({ ...one, seen: true })),
    {
      name: "stop sharing",
      seen: false,
      takesAway: true,
      happen: () => {
        const file = world.pick();
        file.outOfSight = true;
        return keyOf(file);
      },
    },
  ];
}
