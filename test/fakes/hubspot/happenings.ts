import type { Happening } from "../fake";
import { type FakeRecord, type HubspotWorld, keyOf, type Target, targets } from "./world";

/** What people do in HubSpot beside making, changing and deleting records that nothing else names. */
export function hubspotHappenings(world: HubspotWorld): readonly Happening[] {
  const { random } = world;
  const some = (fits: (record: FakeRecord) => boolean) => {
    const found = world.live().filter(fits);
    return found.length === 0 ? undefined : random.pick(found);
  };
  const to = (act: (record: FakeRecord) => string, fits: (record: FakeRecord) => boolean) => () => {
    const record = some(fits);
    return record === undefined ? undefined : act(record);
  };
  const isNamed = (record: FakeRecord) => world.isLinked(record);
  return [
    {
      name: "visit, which only counts",
      seen: true,
      happen: to(
        (record) => world.change(record, { hs_analytics_num_visits: String(random.below(1e6)) }),
        () => true,
      ),
    },
    {
      name: "write in a ticket",
      seen: true,
      happen: to(
        (record) => world.write(record),
        ({ path }) => path === "tickets",
      ),
    },
    { name: "import at one instant", seen: true, happen: () => importMany(world) },
    {
      name: "rename",
      seen: false,
      happen: to(
        (record) => world.rename(record),
        ({ path }) => path !== "notes",
      ),
    },
    {
      name: "delete what others name",
      seen: false,
      takesAway: true,
      happen: to((record) => world.archive(record), isNamed),
    },
    { name: "merge contacts", seen: false, takesAway: true, happen: () => mergeContacts(world) },
    { name: "restore", seen: false, happen: () => restore(world) },
    {
      name: "associate",
      seen: false,
      happen: to(
        (record) => associate(world, record),
        ({ path }) => path !== "companies",
      ),
    },
    {
      name: "rename an owner",
      seen: false,
      happen: () => void (random.pick(world.owners).lastName = `Owner ${random.below(1e6)}`),
    },
    {
      name: "rename a stage",
      seen: false,
      happen: () => void (random.pick(world.stages).label = `Stage ${random.below(1e6)}`),
    },
  ];
}

/** More of one very time than fit on a page. */
function importMany(world: HubspotWorld): void {
  const at = world.tick();
  for (let left = 7; left > 0; left--) {
    const note = world.add("notes", { hs_timestamp: at });
    note.createdAt = note.updatedAt = at;
  }
}

/** One of two is gone without a trace among the deleted ones. */
function mergeContacts(world: HubspotWorld): string | undefined {
  const [kept, merged] = world.live("contacts");
  if (kept === undefined || merged === undefined) return undefined;
  world.records.delete(merged.id);
  for (const { links } of world.records.values())
    if (links.contacts.includes(merged.id))
      links.contacts = [...new Set([...links.contacts.filter((id) => id !== merged.id), kept.id])];
  return keyOf(merged);
}

function restore(world: HubspotWorld): string | undefined {
  const archived = [...world.records.values()].find(({ archivedAt }) => archivedAt !== undefined);
  if (archived === undefined) return undefined;
  archived.archivedAt = undefined;
  return keyOf(archived);
}

/** What a record is associated with: those that come before it. */
const targetsOf = ({ path }: FakeRecord): readonly Target[] => {
  const at = targets.findIndex((target) => target === path);
  return at === -1 ? targets : targets.slice(0, at);
};

function associate(world: HubspotWorld, record: FakeRecord): string {
  const target = world.random.pick(targetsOf(record));
  const there = world.live(target);
  const other = there.length === 0 ? undefined : world.random.pick(there);
  if (other !== undefined && !record.links[target].includes(other.id)) record.links[target].push(other.id);
  return keyOf(record);
}
