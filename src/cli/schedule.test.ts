import { expect, test } from "bun:test";
import { runCommand } from "@test/cli";
import { temporaryFolder } from "@test/database";

test("a schedule is made, listed, paused, resumed and removed from the command line", async () => {
  using folder = temporaryFolder();
  const schedule = (...args: string[]) => runCommand(["schedule", ...args], { home: folder.path });
  expect((await schedule()).stdout).toContain("There are no schedules");

  const made = await schedule("set", "files", "weekdays at 07:30", "--time-zone", "Europe/Berlin");
  expect(made).toMatchObject({ code: 0 });
  expect(made.stdout).toMatch(
    /^Files {2}all accounts {2}incremental {2}At 07:30, Monday through Friday \(Europe/,
  );
  expect(made.stdout.match(/\d{4}-\d\d-\d\d 0[56]:30/g)).toHaveLength(6);

  expect((await schedule("pause", "files", "--reason", "Moving house.")).stdout).toContain(
    "paused  Moving house.",
  );
  const [listed] = JSON.parse((await schedule("list", "--json")).stdout) as Record<string, unknown>[];
  expect(listed).toMatchObject({ integration: "Files", enabled: false, pausedReason: "Moving house." });
  expect((await schedule("resume", "files")).stdout).toContain("next ");
  const off = await runCommand(["schedule"], { home: folder.path, env: { CRON_ENABLED: "false" } });
  expect(off.stderr).toContain("none of them runs");
  expect((await schedule("remove", "files")).stdout).toContain("Removed 1 schedule of files.");
  // Newest first.
  const written = (await runCommand(["audit"], { home: folder.path })).stdout.split("\n");
  const done = ["remove", "set", "set", "set"].map((what) => expect.stringContaining(`schedule.${what}`));
  expect(written.filter((line) => line.includes("command line"))).toEqual(done);
});

test("what cannot be is refused with what is taken, and its exit code", async () => {
  using folder = temporaryFolder();
  const schedule = (...args: string[]) => runCommand(["schedule", ...args], { home: folder.path });
  expect(await schedule("set", "files", "often")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("every 15 minutes"),
  });
  expect(await schedule("set", "fils", "hourly")).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("Files"),
  });
  expect(await schedule("remove", "files")).toMatchObject({ code: 3 });
  expect(await schedule("set", "files", "hourly", "--jitter", "a day")).toMatchObject({ code: 2 });
  expect(await schedule("set", "files", "hourly", "--mode", "half")).toMatchObject({ code: 2 });
});
