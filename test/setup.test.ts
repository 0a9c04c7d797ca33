import { expect, test } from "bun:test";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "@test/database";

const setup = resolve(import.meta.dir, "../scripts/setup.mjs");

/** A project of three packages, in which `npm` only says that it was called. */
function project() {
  const folder = temporaryFolder();
  const at = (...path: string[]) => join(folder.path, ...path);
  for (const path of ["scripts", "bin", "node_modules/bun/bin"]) mkdirSync(at(path), { recursive: true });
  copyFileSync(setup, at("scripts/setup.mjs"));
  writeFileSync(at("bin/npm"), `#!/bin/sh\necho "npm $*"\n`);
  chmodSync(at("bin/npm"), 0o755);
  writeFileSync(at("node_modules/bun/bin/bun.exe"), "x".repeat(20_000));
  const packages = {
    "node_modules/bun": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/tool": { version: "2.0.0", integrity: "sha512-b", dev: true },
    "node_modules/elsewhere": { version: "3.0.0", integrity: "sha512-c", optional: true },
  };
  writeFileSync(at("package-lock.json"), JSON.stringify({ packages: { "": {}, ...packages } }));
  return {
    at,
    packages,
    /** As `npm ci` leaves it. */
    install: (installed: object) =>
      writeFileSync(at("node_modules/.package-lock.json"), JSON.stringify({ packages: installed })),
    start: async (...args: string[]) => {
      const child = Bun.spawn(["node", at("scripts/setup.mjs"), ...args], {
        env: { PATH: `${at("bin")}:${process.env["PATH"] ?? ""}` },
        stderr: "pipe",
      });
      return /^npm .*$/m.exec(await new Response(child.stderr).text())?.[0];
    },
    stamp: () => readFileSync(at("node_modules/.stoneturner-stamp"), "utf8").trim().split(" ")[1],
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

test("what is missing, or of another version, is installed as the lock file has it", async () => {
  using place = project();
  expect(await place.start("--production")).toContain("ci");
  rmSync(place.at("node_modules/.stoneturner-stamp"));
  place.install({ "node_modules/bun": { version: "0.9.0", integrity: "sha512-z" } });
  expect(await place.start("--production")).toContain("--omit=dev");
  expect(await place.start("--production")).toBeUndefined();
  expect(await place.start()).not.toContain("--omit=dev");
});

test("what was installed by hand, or into an image, is kept and nothing is fetched", async () => {
  using place = project();
  const { bun } = { bun: place.packages["node_modules/bun"] };
  place.install({ "node_modules/bun": bun });
  expect(await place.start("--production")).toBeUndefined();
  expect(place.stamp()).toBe("production");
  // The tests take the development tools too.
  expect(await place.start()).toContain("npm ci");
});

test("who installed the development tools by hand keeps them when the program is started", async () => {
  using place = project();
  mkdirSync(place.at("node_modules/tool"));
  place.install(place.packages);
  expect(await place.start("--production")).toBeUndefined();
  expect(place.stamp()).toBe("full");
  expect(await place.start()).toBeUndefined();
});

test("a package whose folder is gone is not there, whatever was written down", async () => {
  using place = project();
  place.install(place.packages);
  expect(existsSync(place.at("node_modules/tool"))).toBe(false);
  expect(await place.start()).toContain("npm ci");
});
