/** What every view stands in: skip link, head with navigation, main part. */
import { useState, type ReactNode } from "react";
import { Link, type Route } from "./router";
import { applyTheme, nextTheme, readTheme } from "./theme";
import { Button } from "./ui/button";
import { useNotices } from "./ui/notices";

const places = [
  { href: "/", view: "sources", text: "Sources" },
  { href: "/search", view: "search", text: "Search" },
  { href: "/runs", view: "runs", text: "Runs" },
] as const;

const themeWords = {
  system: { text: "as the system", icon: "screen" },
  light: { text: "light", icon: "sun" },
  dark: { text: "dark", icon: "moon" },
} as const;

function ThemeButton() {
  const [theme, setTheme] = useState(readTheme);
  const { announce } = useNotices();
  const next = nextTheme(theme);
  return (
    <Button
      look="quiet"
      icon={themeWords[theme].icon}
      className="px-2"
      aria-label={`Theme: ${themeWords[theme].text}. Change to ${themeWords[next].text}`}
      title={`Theme: ${themeWords[theme].text}`}
      onClick={() => {
        applyTheme(next);
        setTheme(next);
        announce(`Theme: ${themeWords[next].text}.`);
      }}
    />
  );
}

function Navigation({ view }: { view: Route["view"] }) {
  return (
    <nav aria-label="Main" className="order-last -ms-3 w-full sm:order-none sm:ms-0 sm:w-auto">
      <ul className="flex gap-1">
        {places.map((place) => (
          <li key={place.href}>
            <Link
              href={place.href}
              aria-current={place.view === view ? "page" : undefined}
              className="inline-flex min-h-9 items-center rounded-md px-3 text-sm font-medium text-muted hover:bg-sunken hover:text-ink aria-[current]:bg-sunken aria-[current]:text-ink"
            >
              {place.text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function Shell({ view, children }: { view: Route["view"]; children: ReactNode }) {
  return (
    <>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-20 focus:rounded-md focus:bg-accent focus:px-4 focus:py-2 focus:font-medium focus:text-accent-ink"
      >
        Skip to content
      </a>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-6 gap-y-1 px-4 py-2 sm:px-6">
          <Link href="/" className="inline-flex min-h-9 items-center gap-2 font-semibold tracking-tight">
            <img src="/assets/stoneturner.svg" alt="" width="24" height="24" className="size-6" />
            Stoneturner
          </Link>
          <Navigation view={view} />
          <div className="ms-auto">
            <ThemeButton />
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto max-w-6xl px-4 pt-8 pb-16 outline-none sm:px-6">
        {children}
      </main>
    </>
  );
}
