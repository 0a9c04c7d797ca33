import { expect, test } from "bun:test";
import { sleep } from "@/lib/retry";
import { createSingleFlight } from "./single-flight";

const outcome = (job: Promise<unknown>) => job.then(() => "done", String);

test("those who come together share one run, those who come later start another", async () => {
  const flights = createSingleFlight();
  let runs = 0;
  const work = async () => {
    runs++;
    await sleep(10);
  };
  await Promise.all([flights.run("a", work), flights.run("a", work), flights.run("b", work)]);
  expect(runs).toBe(2);
  await flights.run("a", work);
  expect(runs).toBe(3);
});

test("a failure reaches everyone who waited, and the next one tries again", async () => {
  const flights = createSingleFlight();
  const fail = () => sleep(5).then(() => Promise.reject(new Error("no")));
  expect(await Promise.all([outcome(flights.run("a", fail)), outcome(flights.run("a", fail))])).toEqual([
    "Error: no",
    "Error: no",
  ]);
  expect(await outcome(flights.run("a", () => Promise.resolve()))).toBe("done");
});

test("one who leaves does not stop the work for the others", async () => {
  const flights = createSingleFlight();
  const controller = new AbortController();
  let ended = false;
  const work = () => sleep(20).then(() => void (ended = true));
  const leaving = outcome(flights.run("a", work, controller.signal));
  const staying = outcome(flights.run("a", work));
  controller.abort(new Error("stop"));
  expect(await leaving).toBe("Error: stop");
  expect(ended).toBe(false);
  expect(await staying).toBe("done");
  expect(ended).toBe(true);
});
