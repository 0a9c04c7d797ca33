/** What every view stands in: skip link, navigation at the side or behind a button, main part. */
import { useState, type ReactNode } from "react";
import { Link, useLocation } from "@/client/router";
import { signals } from "@/client/signals";
import { Button } from "@/client/ui/button";
import { Icon } from "@/client/ui/icons";
import { useSession } from "@/client/access/session";
import { LogoutButton } from "@/client/access/logout-button";
import { ConnectionLight, OfflineBanner } from "./connection";
import { Navigation } from "./navigation";
import { ThemeChoice } from "./theme-choice";

function Brand() {
  return (
    <Link href="/" className="inline-flex min-h-9 items-center gap-2 px-2 font-semibold tracking-tight">
      <img src="/assets/stoneturner.svg" alt="" width="24" height="24" className="size-6" />
      <span className="max-[14rem]:sr-only">Stoneturner</span>
    </Link>
  );
}

function PaletteButton() {
  return (
    <button type="button" className="palette-button" onClick={() => signals.palette.raise()}>
      <Icon name="search" className="size-3.5" />
      <span className="flex-1 text-start">Go to or do…</span>
      <kbd>Ctrl K</kbd>
    </button>
  );
}

function SideFoot() {
  const session = useSession();
  return (
    <div className="mt-auto space-y-3 border-t border-line pt-3">
      <div className="flex items-center justify-between gap-2 px-2">
        <ConnectionLight />
        {session?.caller?.kind === "owner" ? <LogoutButton /> : null}
      </div>
      <div className="flex items-center justify-between gap-2 px-1">
        <ThemeChoice />
        <Button
          look="quiet"
          icon="help"
          className="px-2"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={() => signals.shortcuts.raise()}
        />
      </div>
    </div>
  );
}

export function Shell({ view, children }: { view: string; children: ReactNode }) {
  // Where the menu was opened: going anywhere closes it.
  const { pathname } = useLocation();
  const [openAt, setOpenAt] = useState<string>();
  const open = openAt === pathname;
  return (
    <>
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <div className="min-h-dvh lg:grid lg:grid-cols-[14.5rem_minmax(0,1fr)] print:block">
        <header className="border-b border-line bg-surface lg:border-e lg:border-b-0 print:hidden">
          <div className="lg:sticky lg:top-0 lg:flex lg:h-dvh lg:flex-col">
            <div className="flex items-center justify-between gap-2 px-2 py-1.5 sm:px-4 lg:px-3 lg:pt-4">
              <Brand />
              <Button
                look="quiet"
                icon={open ? "close" : "menu"}
                className="px-2 lg:hidden"
                aria-expanded={open}
                aria-controls="side"
                aria-label="Menu"
                onClick={() => setOpenAt(open ? undefined : pathname)}
              />
            </div>
            <div
              id="side"
              className={`${open ? "flex" : "hidden"} min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-3 pt-1 pb-4 lg:flex`}
            >
              <PaletteButton />
              <Navigation view={view} />
              <SideFoot />
            </div>
          </div>
        </header>
        <div className="min-w-0">
          <OfflineBanner />
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto max-w-6xl px-4 pt-6 pb-16 outline-none sm:px-8 lg:pt-8"
          >
            {children}
          </main>
        </div>
      </div>
    </>
  );
}
