import { useId } from "react";
import { Icon } from "@/client/ui/icons";
import type { FormField } from "./connect-form";

/** A labelled text field with its help and, when there is one, the error that belongs to it. */
export function TextField({
  field,
  error,
  given,
}: {
  field: FormField;
  error: string | undefined;
  given?: string | undefined;
}) {
  const id = useId();
  const described = [
    field.help === undefined ? "" : `${id}-help`,
    error === undefined ? "" : `${id}-error`,
  ].filter((part) => part !== "");
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {field.label}
        {field.required ? null : <span className="font-normal text-muted"> (optional)</span>}
      </label>
      <input
        id={id}
        name={field.name}
        type={field.secret ? "password" : "text"}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        className="field"
        placeholder={field.placeholder}
        defaultValue={given}
        aria-required={field.required}
        aria-invalid={error !== undefined}
        aria-describedby={described.length > 0 ? described.join(" ") : undefined}
      />
      {error === undefined ? null : (
        <p id={`${id}-error`} className="mt-1 flex gap-1.5 text-sm text-bad">
          <Icon name="alert" className="mt-0.5" />
          <span dir="auto">{error}</span>
        </p>
      )}
      {field.help === undefined ? null : (
        <p id={`${id}-help`} className="mt-1 text-sm text-muted">
          {field.help}
        </p>
      )}
    </div>
  );
}
