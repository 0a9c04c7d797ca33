import { Autocomplete } from "@base-ui/react/autocomplete";
import { type RefObject, useId, useRef, useState } from "react";
import { Button } from "@/client/ui/button";
import { Icon } from "@/client/ui/icons";
import type { FormField } from "./connect-form";
import { FieldFrame } from "./form-field";
import { afterChoosing, type Choice, choicesWith, isChosen, typedPart } from "./list-entries";
import { type LookingUp, useLookUp } from "./use-look-up";

interface Props {
  field: FormField;
  error: string | undefined;
  given?: string | undefined;
  form: LookingUp;
}

/** What stands in the field, what the source was found to have, and what of that fits; `open`: whether it is listed. */
function useEntries({ field, given, form }: Omit<Props, "error">) {
  const [text, setText] = useState(given ?? "");
  const [open, setOpen] = useState(false);
  const { busy, choices, more, said, ask } = useLookUp(field, form);
  const typed = typedPart(text, choices);
  const shown = choicesWith(choices, typed);
  const isUnknown = choices.length > 0 && shown.length === 0;
  const look = async (input: HTMLInputElement | null) => {
    if (input === null || input.form === null) return;
    if (!(await ask(input.form, more ? typed : ""))) return;
    setOpen(true);
    input.focus();
  };
  const choose = (value: string) => {
    const choice = shown.find((one) => one.value === value);
    if (choice === undefined) return;
    setText(afterChoosing(text, choice, choices));
    form.chosen();
  };
  const words = isUnknown ? unknownWords(typed, more) : said;
  return { text, setText, open: open && shown.length > 0, setOpen, shown, busy, said: words, look, choose };
}

/** A field of entries that can be written by hand, or chosen from what the source says there is. */
export function ChoiceField({ field, error, given, form }: Props) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const { text, setText, open, setOpen, shown, busy, said, look, choose } = useEntries({
    field,
    given,
    form,
  });
  return (
    <FieldFrame id={id} field={field} error={error} said={said}>
      {(described) => (
        <Autocomplete.Root<Choice>
          items={shown}
          mode="none"
          itemToStringValue={({ value }) => value}
          value={text}
          onValueChange={(next, { reason }) => (reason === "item-press" ? choose(next) : setText(next))}
          open={open}
          // Several are chosen one after the other.
          onOpenChange={(next, { reason }) => setOpen(next || reason === "item-press")}
          openOnInputClick
        >
          <div ref={box} className="relative">
            <EntryInput
              id={id}
              field={field}
              invalid={error !== undefined}
              described={described}
              busy={busy}
              look={(input) => void look(input)}
            />
            <ChoiceList choices={shown} text={text} within={box} />
          </div>
        </Autocomplete.Root>
      )}
    </FieldFrame>
  );
}

/** What is written into, and the button that asks the source what there is. */
function EntryInput({
  id,
  field,
  invalid,
  described,
  busy,
  look,
}: {
  id: string;
  field: FormField;
  invalid: boolean;
  described: string | undefined;
  busy: boolean;
  look: (input: HTMLInputElement | null) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
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
        aria-invalid={invalid}
        aria-describedby={described}
      />
      <Button
        icon="search"
        disabled={busy}
        aria-label={`Look up: ${field.label}`}
        onClick={() => look(input.current)}
      >
        {busy ? "Asking…" : "Look up"}
      </Button>
    </div>
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
