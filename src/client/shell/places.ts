/** The places of the page: what the navigation, the palette and the shortcuts lead to. */
import type { IconName } from "@/client/ui/icons";

export interface Place {
  href: string;
  /** Views that count as being there. */
  views: readonly string[];
  text: string;
  icon: IconName;
  /** Second key after `g`. */
  key: string;
}

export const places: readonly Place[] = [
  { href: "/", views: ["overview"], text: "Overview", icon: "grid", key: "o" },
  { href: "/sources", views: ["sources", "source"], text: "Sources", icon: "plug", key: "s" },
  { href: "/runs", views: ["runs", "run"], text: "Runs", icon: "sync", key: "r" },
  { href: "/artifacts", views: ["artifacts", "artifact"], text: "Artifacts", icon: "file", key: "a" },
  { href: "/search", views: ["search"], text: "Search", icon: "search", key: "f" },
  { href: "/agents", views: ["agents"], text: "Agents", icon: "terminal", key: "m" },
  { href: "/settings", views: ["settings"], text: "Settings", icon: "sliders", key: "t" },
];
