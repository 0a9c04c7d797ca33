import type { ButtonHTMLAttributes } from "react";
import { Icon, type IconName } from "./icons";

const looks = {
  primary: "bg-accent text-accent-ink hover:bg-accent-hover border-transparent",
  plain: "bg-surface text-ink border-edge hover:bg-sunken",
  quiet: "text-muted border-transparent hover:bg-sunken hover:text-ink",
  danger: "bg-surface text-bad border-bad hover:bg-bad-soft",
} as const;

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof looks;
  icon?: IconName;
}

/** A button: it never submits a form unless it says so. */
export function Button({ look = "plain", icon, className = "", children, type = "button", ...rest }: Props) {
  const base =
    "inline-flex max-w-full shrink-0 min-h-9 items-center justify-center gap-1.5 rounded-md border px-3 py-1 text-sm font-medium " +
    "disabled:opacity-60 disabled:cursor-not-allowed";
  return (
    // oxlint-disable-next-line react/button-has-type
    <button type={type} className={`${base} ${looks[look]} ${className}`} {...rest}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </button>
  );
}
