import { useEffect, useState } from "react";
import { applyTheme, readTheme, themes, type Theme } from "@/client/theme";
import { Icon } from "@/client/ui/icons";
import { useNotices } from "@/client/ui/notices";

const words = {
  system: { text: "System", icon: "screen" },
  light: { text: "Light", icon: "sun" },
  dark: { text: "Dark", icon: "moon" },
} as const;

/** Three ways to colour the page; other tabs follow. */
export function ThemeChoice({ named = false }: { named?: boolean }) {
  const [theme, setTheme] = useState(readTheme);
  const { announce } = useNotices();
  useEffect(() => {
    const follow = () => {
      const now = readTheme();
      applyTheme(now);
      setTheme(now);
    };
    addEventListener("storage", follow);
    return () => removeEventListener("storage", follow);
  }, []);
  const choose = (next: Theme) => {
    applyTheme(next);
    setTheme(next);
    announce(`Theme: ${words[next].text}.`);
  };
  return (
    <fieldset className="inline-flex max-w-full flex-wrap gap-0.5 rounded-md border border-line bg-paper p-0.5">
      <legend className="sr-only">Theme</legend>
      {themes.map((one) => (
        <label key={one} title={words[one].text} className="choice">
          <input
            type="radio"
            name={named ? "theme-setting" : "theme"}
            className="sr-only"
            checked={theme === one}
            onChange={() => choose(one)}
          />
          <Icon name={words[one].icon} />
          <span className={named ? "" : "sr-only"}>{words[one].text}</span>
        </label>
      ))}
    </fieldset>
  );
}
