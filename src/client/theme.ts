/** Light, dark or as the system says: one attribute on the document, remembered in this browser. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const key = "stoneturner.theme";

/** Any text as a theme; what is not one means "as the system says". */
export function toTheme(value: string | null | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}

/** The remembered theme. Storage may be switched off, which is as good as nothing remembered. */
export function readTheme(): Theme {
  try {
    return toTheme(localStorage.getItem(key));
  } catch {
    return "system";
  }
}

/** Shows a theme and remembers it. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}
