import type { ReactNode } from "react";
import { Icon, type IconName } from "./icons";

export type Tone = "ok" | "warn" | "bad" | "info" | "calm";

const tones: Record<Tone, string> = {
  ok: "bg-accent-soft text-accent",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  info: "bg-info-soft text-info",
  calm: "bg-sunken text-muted",
};

/** A status by text and icon, never by colour alone. Its text, not its icon, stands on the line of what is beside it. */
export function Pill({ tone, icon, children }: { tone: Tone; icon: IconName; children: ReactNode }) {
  return (
    <span
      className={`pill inline-flex shrink-0 align-[0.08em] items-baseline gap-1 rounded-full px-2 py-0.5 text-xs font-semibold whitespace-nowrap ${tones[tone]}`}
    >
      <Icon name={icon} className="size-3 self-center" />
      {children}
    </span>
  );
}
