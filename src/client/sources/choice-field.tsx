import { Autocomplete } from "@base-ui/react/autocomplete";
import { type RefObject, useId, useRef, useState } from "react";
import { Button } from "@/client/ui/button";
import { Icon } from "@/client/ui/icons";
import type { FormField } from "./connect-form";
import { FieldFrame } from "./form-field";
import { afterChoosing, type Choice, choicesWith, isChosen, typedPart } from "./list-entries";
import { type LookingUp, useLookUp } from "./use-look-up";

/** A field of entries that can be written by hand, or chosen from what the source says there is. */
export function ChoiceField({
  field,
  error,
  given,
  form,
}: {
  field: FormField;
  error: string | undefined;
  given?: string | undefined;
  form: LookingUp;
}) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(given ?? "");
  const [open, setOpen] = useState(false);
  const { busy, choices, more, said, ask } = useLookUp(field, form);
  const typed = typedPart(text, choices);
  const shown = choicesWith(choices, typed);
  const isUnknown = choices.length > 0 && shown.length === 0;
  const look = async () => {
    const { current } = input;
    if (current === null || current.form === null) return;
    if (!(await ask(current.form, more ? typed : ""))) return;
    setOpen(true);
    current.focus();
  };
  const choose = (value: string) => {
    const choice = shown.find((one) => one.value === value);
    if (choice === undefined) return;
    setText(afterChoosing(text, choice, choices));
    form.chosen();
  };
  return (
    <FieldFrame id={id} field={field} error={error} said={isUnknown ? unknownWords(typed, more) : said}>
      {(described) => (
        <Autocomplete.Root<Choice>
          items={shown}
          mode="none"
          itemToStringValue={({ value }) => value}
          value={text}
          onValueChange={(next, { reason }) => (reason === "item-press" ? choose(next) : setText(next))}
          open={open && shown.length > 0}
          // Several are chosen one after the other.
          onOpenChange={(next, { reason }) => setOpen(next || reason === "item-press")}
          openOnInputClick
        >
          <div ref={box} className="relative">
            <div className="flex gap-2">
              <Autocomplete.Input
                ref={input}
                id={id}
                name={field.name}
                autoComplete="off"
                spellCheck={false}
                dir="auto"
                className="field min-w-0 flex-1"
                placeholder={field.placeholder}
                // While the list is open, all else is hidden from screen readers, the label too.
                aria-label={field.label}
                aria-required={field.required}
                aria-invalid={error !== undefined}
                aria-describedby={described}
              />
              <Button
                icon="search"
                disabled={busy}
                aria-label={`Look up: ${field.label}`}
                onClick={() => void look()}
              >
                {busy ? "Asking…" : "Look up"}
              </Button>
            </div>
            <ChoiceList choices={shown} text={text} within={box} />
          </div>
        </Autocomplete.Root>
      )}
    </FieldFrame>
  );
}

function unknownWords(typed: string, more: boolean): string {
  const rest = more ? "Look it up, or leave it: it" : "It";
  return `Nothing that is listed has “${typed}” in it. ${rest} is taken as you write it.`;
}

/** The list below the field, inside the dialog: what lies outside of an open dialog cannot be pressed. */
function ChoiceList({
  choices,
  text,
  within,
}: {
  choices: readonly Choice[];
  text: string;
  within: RefObject<HTMLDivElement | null>;
}) {
  return (
    <Autocomplete.Portal container={within}>
      <Autocomplete.Positioner
        sideOffset={4}
        align="start"
        collisionBoundary={document.documentElement}
        className="z-10 w-(--anchor-width)"
      >
        <Autocomplete.Popup className="menu-popup max-h-60 max-w-none overflow-y-auto">
          <Autocomplete.List aria-label="What there is">
            {(choice: Choice) => (
              <Autocomplete.Item key={choice.value} value={choice} className="menu-item">
                <Icon name={isChosen(text, choice) ? "boxDone" : "box"} />
                <span dir="auto" className="min-w-0 flex-1 truncate">
                  {choice.name}
                  {isChosen(text, choice) ? <span className="sr-only"> (chosen)</span> : null}
                </span>
                {choice.hint === undefined ? null : (
                  <span dir="auto" className="max-w-[45%] truncate text-xs text-muted">
                    {choice.hint}
                  </span>
                )}
              </Autocomplete.Item>
            )}
          </Autocomplete.List>
        </Autocomplete.Popup>
      </Autocomplete.Positioner>
    </Autocomplete.Portal>
  );
}
