import { type ReactNode, useId } from "react";
import { Icon } from "@/client/ui/icons";
import type { FormField } from "./connect-form";

/** A field's label, its help and, when there are any, the error that belongs to it and what else is to be said. */
export function FieldFrame({
  id,
  field,
  error,
  said,
  children,
}: {
  id: string;
  field: FormField;
  error: string | undefined;
  said?: string | undefined;
  /** The control, with the ids of what describes it. */
  children: (described: string | undefined) => ReactNode;
}) {
  const texts = { said, error, help: field.help };
  const described = Object.entries(texts).flatMap(([name, text]) =>
    text === undefined ? [] : `${id}-${name}`,
  );
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {field.label}
        {field.required ? null : <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {children(described.length > 0 ? described.join(" ") : undefined)}
      {error === undefined ? null : (
        <p id={`${id}-error`} className="mt-1 flex gap-1.5 text-sm text-bad">
          <Icon name="alert" className="mt-0.5" />
          <span dir="auto">{error}</span>
        </p>
      )}
      {said === undefined ? null : (
        <p id={`${id}-said`} className="mt-1 text-sm">
          {said}
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

/** A field that is written into. */
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
  return (
    <FieldFrame id={id} field={field} error={error}>
      {(described) => (
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
          aria-describedby={described}
        />
      )}
    </FieldFrame>
  );
}
