import type { Happening } from "../fake";
import { type FakeRecord, keyOf, type SalesforceWorld, stamp } from "./world";

/** What people do in Salesforce beside making, changing and deleting records that nothing else names. */
export function salesforceHappenings(world: SalesforceWorld): readonly Happening[] {
  return [...inCasesAndDeals(world), ...seenHappenings(world), ...unseenHappenings(world)];
}

/** Does something to one of some objects' records. */
function to(world: SalesforceWorld, act: (record: FakeRecord) => unknown, ...of: string[]) {
  return () => {
    const found = of.flatMap((object) => world.live(object));
    if (found.length === 0) return undefined;
    const record = world.random.pick(found);
    act(record);
    return keyOf(record);
  };
}

/** What hangs on cases and deals comes, changes and goes; they themselves do not change. */
function inCasesAndDeals(world: SalesforceWorld): Happening[] {
  const { random } = world;
  const edit = (one: FakeRecord) =>
    world.change(one, { [one.object === "CaseComment" ? "CommentBody" : "TextBody"]: world.sentence() });
  const said = (act: (record: FakeRecord) => unknown) => () =>
    void to(world, act, "CaseComment", "EmailMessage")();
  const takePart = (one: FakeRecord) => world.add("OpportunityContactRole", { OpportunityId: one.id });
  const seen: [string, Happening["happen"]][] = [
    ["comment in a case", to(world, (one) => world.write(one, "CaseComment"), "Case")],
    ["e-mail in a case", to(world, (one) => world.write(one, "EmailMessage"), "Case")],
    ["edit what was written", said(edit)],
    ["delete what was written", said((one) => world.remove(one))],
    ["come to a stage", to(world, (one) => world.move(one, `Stage ${random.below(1e6)}`), "Opportunity")],
    ["take part in a deal", to(world, takePart, "Opportunity")],
    ["take part no longer", () => void to(world, (one) => world.remove(one), "OpportunityContactRole")()],
  ];
  return seen.map(([name, happen]) => ({ name, seen: true, happen }));
}

function seenHappenings(world: SalesforceWorld): Happening[] {
  const recalculate = (one: FakeRecord) => void (one.values["SystemModstamp"] = world.tick());
  const archive = (one: FakeRecord) => void (one.values["IsArchived"] = true);
  const seen: [string, Happening["happen"]][] = [
    ["import at one instant", () => importMany(world)],
    ["commit late", () => commitLate(world)],
    ["recalculate, which changes nothing", to(world, recalculate, "Account", "Opportunity")],
    ["archive an activity", to(world, archive, "Task", "Event")],
    ["publish a new version", to(world, (one) => publish(world, one), "Knowledge__kav")],
  ];
  return seen.map(([name, happen]) => ({ name, seen: true, happen }));
}

function unseenHappenings(world: SalesforceWorld): Happening[] {
  const { random } = world;
  const archived = to(world, (one) => world.remove(one), "Knowledge__kav");
  const erase = () => {
    const record = world.someFree();
    world.records.delete(record.id);
    return keyOf(record);
  };
  const field = "Account.Region__c";
  const turnField = () => void (world.hiddenFields.delete(field) || world.hiddenFields.add(field));
  const renameOwner = () => void (random.pick(world.users).values["Name"] = `User ${random.below(1e6)}`);
  return [
    {
      name: "delete a note of Lightning",
      seen: false,
      takesAway: true,
      happen: to(world, (one) => world.remove(one), "ContentNote"),
    },
    {
      name: "tell a note with a record",
      seen: false,
      happen: to(world, (one) => world.link(one), "ContentNote"),
    },
    { name: "archive an article", seen: false, takesAway: true, happen: archived },
    { name: "merge accounts", seen: false, takesAway: true, happen: () => merge(world) },
    { name: "erase from the bin", seen: false, takesAway: true, happen: erase },
    {
      name: "rename",
      seen: false,
      happen: to(world, (one) => world.rename(one), "Account", "Contact", "Opportunity"),
    },
    { name: "rename an owner", seen: false, happen: renameOwner },
    { name: "take out of the bin", seen: false, happen: () => undelete(world) },
    { name: "share again", seen: false, happen: () => shareAgain(world) },
    { name: "take a field out of sight, or back into it", seen: false, happen: turnField },
  ];
}

/** More of one very time than fit on a page. */
function importMany(world: SalesforceWorld): void {
  const at = world.tick();
  for (let left = 9; left > 0; left--) world.add("Task", { SystemModstamp: at, CreatedDate: at });
}

/** A transaction that began minutes ago stamps its records with that time, and shows them only now. */
function commitLate(world: SalesforceWorld): string {
  const at = stamp(Date.parse(world.tick()) - 420_000);
  return keyOf(world.add("Lead", { SystemModstamp: at, CreatedDate: at, LastModifiedDate: at }));
}

/** The old version stays as an archived one; the new one is a record of its own. */
function publish(world: SalesforceWorld, article: FakeRecord): void {
  const { KnowledgeArticleId = null, Language = null, VersionNumber } = article.values;
  world.remove(article);
  world.add("Knowledge__kav", { KnowledgeArticleId, Language, VersionNumber: Number(VersionNumber) + 1 });
}

/** One of two goes; what refers to it refers to the other from now on, without being changed itself. */
function merge(world: SalesforceWorld): string | undefined {
  const [kept, merged] = world.live("Account");
  if (kept === undefined || merged === undefined) return undefined;
  world.remove(merged);
  merged.values["MasterRecordId"] = kept.id;
  for (const { values } of world.records.values())
    for (const field of ["AccountId", "WhatId", "ParentId"])
      if (values[field] === merged.id) values[field] = kept.id;
  return keyOf(merged);
}

function undelete(world: SalesforceWorld): string | undefined {
  const found = [...world.records.values()].find(
    ({ values, object }) => values["IsDeleted"] === true && ["Lead", "Task", "Note"].includes(object),
  );
  if (found === undefined) return undefined;
  found.values["IsDeleted"] = false;
  return keyOf(found);
}

function shareAgain(world: SalesforceWorld): string | undefined {
  const found = [...world.records.values()].find(({ hidden }) => hidden);
  if (found === undefined) return undefined;
  found.hidden = false;
  return keyOf(found);
}
