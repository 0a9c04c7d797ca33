import { Dialog } from "@/client/ui/dialog";
import { places } from "./places";
import { ShortcutSwitch } from "./shortcut-switch";

type Shortcut = readonly [readonly string[], string];

const anywhere: readonly Shortcut[] = [
  [["Ctrl", "K"], "Palette"],
  [["/"], "Search"],
  [["c"], "Connect a source"],
  [["j", "k"], "Next, previous row or hit"],
  [["?"], "This list"],
  [["Esc"], "Close what is open"],
];

function Group({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1.5 text-sm text-muted">{title}</h3>
      <dl className="divide-y divide-line">
        {shortcuts.map(([keys, text]) => (
          <div key={text} className="flex min-h-8 items-center justify-between gap-3">
            <dt>{text}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The list of shortcuts, and the switch for the single-key ones. */
export function ShortcutsDialog({ close }: { close: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" close={close}>
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        <Group title="Anywhere" shortcuts={anywhere} />
        <Group title="Go to" shortcuts={places.map((place) => [["g", place.key], place.text])} />
      </div>
      <div className="border-t border-line pt-3 text-sm">
        <ShortcutSwitch />
      </div>
    </Dialog>
  );
}
