import { Icon } from "@/client/ui/icons";
import { ChoiceField } from "./choice-field";
import type { FormField } from "./connect-form";
import { TextField } from "./form-field";
import type { LookingUp } from "./use-look-up";

/** Required fields first; when there are many others, they are folded away until one of them has an error. */
export function FormFields({
  fields,
  errors,
  given,
  lookingUp,
}: {
  fields: readonly FormField[];
  errors: ReadonlyMap<string, string>;
  given: ReadonlyMap<string, string>;
  /** Undefined while nobody can ask the source yet. */
  lookingUp: LookingUp | undefined;
}) {
  const field = (one: FormField) => {
    const props = { field: one, error: errors.get(one.name), given: given.get(one.name) };
    if (!one.lookUp || lookingUp === undefined) return <TextField key={one.name} {...props} />;
    return <ChoiceField key={one.name} {...props} form={lookingUp} />;
  };
  const optional = fields.filter((one) => !one.required);
  if (optional.length <= 2 || optional.length === fields.length) return fields.map(field);
  return (
    <>
      {fields.filter((one) => one.required).map(field)}
      <details open={optional.some((one) => errors.has(one.name)) ? true : undefined}>
        <summary className="inline-flex min-h-6 items-center gap-1 text-sm font-semibold">
          <Icon name="chevron" className="turn size-3" />
          More settings
        </summary>
        <div className="mt-3 space-y-4">{optional.map(field)}</div>
      </details>
    </>
  );
}
