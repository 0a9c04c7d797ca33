/**
 * A real Chromium for tests, without root and without a system browser: the build that npm ships is unpacked once
 * into `node_modules/.cache/chromium-<version>`, with libraries and fonts of its own beside it.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import { chromium, type Browser } from "playwright-core";
import { z } from "zod";

const projectRoot = resolve(import.meta.dir, "../..");
const cacheRoot = join(projectRoot, "node_modules", ".cache");

/** Where a browser is, and what it needs in its environment. */
export interface BrowserHome {
  executable: string;
  environment: Record<string, string>;
}

/** Folder of the installed `@sparticuz/chromium`, and its version. */
function chromiumPackage(): { folder: string; version: string } {
  const entry = fileURLToPath(import.meta.resolve("@sparticuz/chromium"));
  const folder = dirname(dirname(entry));
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return { folder, version: z.object({ version: z.string() }).parse(manifest).version };
}

/**
 * The package's own file points at a folder that is not ours. Seen from this file, not from the root: a project that was
 * moved, or reached by another name, would have no fonts, and its browser draws no text.
 */
const fontsConfig = [
  '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
  '<fontconfig><dir prefix="relative">fonts</dir></fontconfig>',
].join("\n");

async function unpack(binaries: string, into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  for (const name of ["al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br"]) {
    const tar = brotliDecompressSync(readFileSync(join(binaries, name)));
    await new Bun.Archive(tar).extract(into);
  }
  const executable = join(into, "chromium");
  writeFileSync(executable, brotliDecompressSync(readFileSync(join(binaries, "chromium.br"))));
  chmodSync(executable, 0o755);
}

/**
 * Unpacks Chromium below `cache` unless that is done already. Safe in parallel processes: each unpacks into a folder
 * of its own and renames it into place, and whoever comes second drops its copy.
 */
export async function unpackChromium(cache: string = cacheRoot): Promise<BrowserHome> {
  const { folder, version } = chromiumPackage();
  const home = join(cache, `chromium-${version}`);
  if (!existsSync(home)) {
    const part = `${home}.${process.pid}.${crypto.randomUUID().slice(0, 8)}`;
    await unpack(join(folder, "bin"), part);
    try {
      renameSync(part, home);
    } catch (error) {
      rmSync(part, { recursive: true, force: true });
      if (!existsSync(home)) throw error;
    }
  }
  const fonts = join(home, "fonts.conf");
  if (!existsSync(fonts) || readFileSync(fonts, "utf8") !== fontsConfig) writeFileSync(fonts, fontsConfig);
  return {
    executable: join(home, "chromium"),
    environment: { LD_LIBRARY_PATH: join(home, "lib"), FONTCONFIG_FILE: fonts },
  };
}

/** The browser to use: `CHROMIUM_PATH` when set, else the one that npm ships. */
export async function findBrowser(
  given: string | undefined = process.env.CHROMIUM_PATH,
): Promise<BrowserHome> {
  if (given === undefined || given === "") {
    if (process.platform === "linux" && process.arch === "x64") return await unpackChromium();
    throw new Error(
      `The Chromium that npm ships runs on Linux x64 only, not on ${process.platform} ${process.arch}. ` +
        "Set CHROMIUM_PATH to a Chromium or Chrome executable.",
    );
  }
  if (!existsSync(given)) throw new Error(`CHROMIUM_PATH names ${given}, and there is no such file.`);
  return { executable: given, environment: {} };
}

/** Starts the browser, headless, with `flags` beside our own. The caller closes it. */
export async function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  const { executable, environment } = await findBrowser();
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => !!entry[1]);
  return await chromium.launch({
    executablePath: executable,
    // The package's own list of flags is not used: it switches web security off and would hide faults.
    // There is no graphics card to draw with, and the one made of software is slower than none.
    args: ["--no-sandbox", "--disable-gpu", ...flags],
    env: { ...Object.fromEntries(inherited), ...environment },
  });
}
