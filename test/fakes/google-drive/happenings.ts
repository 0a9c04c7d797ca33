/** What people do in a Drive beside writing files and throwing them away: all of it is in Google's list of changes. */
import type { Random } from "@test/random";
import type { Happening } from "../fake";
import { type DriveWorld, type FakeFile, keyOf, ROOT } from "./world";

const SHARED = "drive-0000000001";

export function driveHappenings(world: DriveWorld, random: Random): readonly Happening[] {
  let serial = 0;
  const away: FakeFile[] = [];
  const shown = (isFolder: boolean) =>
    world.listed().filter((one) => (isFolder ? one.mimeType.endsWith(".folder") : one.reads !== undefined));
  const homeOf = (file: FakeFile) => (file["driveId"] === undefined ? ROOT : SHARED);
  /** Something that is done to a folder or a file, if there is any. */
  const toAny = (isFolder: boolean, act: (one: FakeFile) => void) => () => {
    const all = shown(isFolder);
    if (all.length === 0) return undefined;
    const one = random.pick(all);
    act(one);
    return isFolder ? one.id : keyOf(one);
  };
  const move = (one: FakeFile) => {
    const others = shown(true).filter(
      (folder) => folder["driveId"] === one["driveId"] && !world.isInside(folder, one.id),
    );
    world.move(one, random.pick([homeOf(one), ...others.map(({ id }) => id)]));
  };
  const makeFolder = () => {
    const parent = random.pick([ROOT, SHARED, ...shown(true).map(({ id }) => id)]);
    const isShared = parent === SHARED || world.files.get(parent)?.["driveId"] !== undefined;
    const more = isShared ? { driveId: SHARED, ownedByMe: false } : {};
    return world.folder(`Folder ${++serial}`, parent, more).id;
  };
  const stopSharing = (one: FakeFile) => {
    away.push(one);
    world.remove(one);
  };
  const shareAgain = () => {
    const file = away.pop();
    if (file !== undefined) world.putBack(file);
    return file?.id;
  };
  const outOfTheBin = () => {
    const file = [...world.files.values()].find(({ trashed }) => trashed);
    if (file !== undefined) world.change(file, { trashed: false });
    return file?.id;
  };
  const rename = (name: string) => (one: FakeFile) => world.change(one, { name: `${name} ${++serial}` });
  const all: Omit<Happening, "seen">[] = [
    { name: "make a folder", happen: makeFolder },
    { name: "move", happen: toAny(false, move) },
    { name: "move the folder", happen: toAny(true, move) },
    { name: "rename", happen: toAny(false, rename("Paper")) },
    { name: "rename the folder", happen: toAny(true, rename("Folder")) },
    { name: "a shortcut to", happen: toAny(false, (one) => void world.shortcut(one)) },
    { name: "stop sharing", takesAway: true, happen: toAny(false, stopSharing) },
    { name: "share again", happen: shareAgain },
    {
      name: "into the bin goes",
      takesAway: true,
      happen: toAny(true, (one) => world.change(one, { trashed: true })),
    },
    {
      name: "keep one file of a folder that goes into the bin",
      takesAway: true,
      happen: toAny(true, (folder) => {
        const kept = shown(false).find(({ parents }) => parents[0] === folder.id);
        if (kept !== undefined) world.move(kept, homeOf(kept));
        world.change(folder, { trashed: true });
      }),
    },
    { name: "out of the bin", happen: outOfTheBin },
    {
      name: "into the other drive",
      happen: toAny(false, (one) => world.moveAcross(one, one["driveId"] === undefined ? SHARED : undefined)),
    },
    { name: "rename the drive", happen: () => world.nameDrive(SHARED, `Harbour ${++serial}`) },
  ];
  return all.map((one) => ({ ...one, seen: true }));
}
