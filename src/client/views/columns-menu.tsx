import { Menu } from "@base-ui/react/menu";
import { Icon } from "@/client/ui/icons";

/** A menu of a table's columns, each with its tick; it stays open while several are changed. */
export function ColumnsMenu({
  columns,
  hidden,
  toggle,
}: {
  columns: readonly string[];
  hidden: readonly string[];
  toggle: (column: string) => void;
}) {
  return (
    <Menu.Root>
      <Menu.Trigger className="download-link">
        <Icon name="grid" />
        Columns
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-10">
          <Menu.Popup className="menu-popup">
            {columns.map((column) => (
              <Menu.CheckboxItem
                key={column}
                className="menu-item"
                checked={!hidden.includes(column)}
                onCheckedChange={() => toggle(column)}
                closeOnClick={false}
              >
                <Icon name={hidden.includes(column) ? "box" : "boxDone"} />
                {column}
              </Menu.CheckboxItem>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
