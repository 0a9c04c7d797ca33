/** A menu behind a button: arrow keys, typing a letter, Escape. */
import { Menu as Base } from "@base-ui/react/menu";
import { Icon, type IconName } from "./icons";

export interface MenuEntry {
  text: string;
  icon?: IconName;
  run: () => void;
  /** Why it cannot be done now; it is then shown, but does nothing. */
  off?: string | undefined;
  danger?: boolean;
}

/** `label` names the button, whose look is three dots unless it is given another icon and a text. */
export function ActionMenu({
  label,
  entries,
  icon = "more",
  text,
}: {
  label: string;
  entries: readonly MenuEntry[];
  icon?: IconName;
  text?: string;
}) {
  return (
    <Base.Root>
      <Base.Trigger className={text === undefined ? "menu-trigger" : "download-link"} aria-label={label}>
        <Icon name={icon} />
        {text}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="end" className="z-10">
          <Base.Popup className="menu-popup">
            {entries.map((entry) => (
              <Base.Item
                key={entry.text}
                className={`menu-item ${entry.danger === true ? "text-bad" : ""}`}
                disabled={entry.off !== undefined}
                onClick={entry.run}
              >
                {entry.icon === undefined ? null : <Icon name={entry.icon} />}
                <span>
                  {entry.text}
                  {entry.off === undefined ? null : <span className="block text-xs">{entry.off}</span>}
                </span>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
