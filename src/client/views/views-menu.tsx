import { useState, type FormEvent } from "react";
import { navigate, useLocation } from "@/client/router";
import { Button } from "@/client/ui/button";
import { Dialog } from "@/client/ui/dialog";
import { formText } from "@/client/ui/form-text";
import { ActionMenu } from "@/client/ui/menu";
import { useNotices } from "@/client/ui/notices";
import { useSavedViews } from "./saved-views";

/** Gives what is shown now a name; `saved` is called once it has one. */
function SaveView({ save, saved }: { save: (name: string) => boolean; saved: () => void }) {
  const { notify } = useNotices();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = formText(event.currentTarget, "name").trim();
    if (name === "") return;
    const stored = save(name);
    notify(stored ? `Saved as “${name}”.` : `“${name}” is there until this page is closed.`);
    saved();
  };
  return (
    <form className="flex flex-wrap items-end gap-2" onSubmit={submit}>
      <div className="min-w-0 flex-1">
        <label htmlFor="view-name" className="mb-1 block text-sm font-medium">
          Name of what is shown now
        </label>
        <input id="view-name" name="name" className="field" required maxLength={80} autoComplete="off" />
      </div>
      <Button type="submit" look="primary">
        Save
      </Button>
    </form>
  );
}

/** Saves what is shown under a name, and takes names away. */
function ViewsDialog({ path, close }: { path: string; close: () => void }) {
  const { views, save, remove } = useSavedViews();
  return (
    <Dialog title="Saved views" close={close}>
      <SaveView save={(name) => save({ name, path })} saved={close} />
      {views.length === 0 ? (
        <p className="text-sm text-muted">
          Nothing is saved yet. A view holds its filters, its order and what is searched for, in this browser.
        </p>
      ) : (
        <ul className="table-box divide-y divide-line">
          {views.map((view) => (
            <li key={view.name} className="flex items-center justify-between gap-3 py-1 ps-3 pe-1">
              <span dir="auto" className="min-w-0">
                {view.name}
                <code className="block truncate text-xs text-muted">{view.path}</code>
              </span>
              <Button
                look="quiet"
                icon="trash"
                className="px-2"
                aria-label={`Remove the view ${view.name}`}
                onClick={() => remove(view.name)}
              />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

/** Saved views of this place, and the way to save one more. */
export function ViewsMenu() {
  const { pathname, search } = useLocation();
  const { views } = useSavedViews();
  const [editing, setEditing] = useState(false);
  const here = views.filter((view) => view.path.split("?")[0] === pathname);
  return (
    <>
      <ActionMenu
        label="Views: saved ones and this one"
        icon="star"
        text="Views"
        entries={[
          ...here.map(({ name, path }) => ({ text: name, icon: "star" as const, run: () => navigate(path) })),
          { text: "Save or remove…", icon: "sliders", run: () => setEditing(true) },
        ]}
      />
      {editing ? <ViewsDialog path={pathname + search} close={() => setEditing(false)} /> : null}
    </>
  );
}
