import { useState } from "react";
import { flushSync } from "react-dom";
import { asApiError, type ApiError } from "@/client/api";
import { fieldAtFault, sentenceOf, type FormField } from "./connect-form";

type Errors = ReadonlyMap<string, string>;

/** Errors of an answer by the field they belong to, and what is left to say about the form as a whole. */
function sortErrors(
  fields: readonly FormField[],
  error: ApiError,
): { errors: Errors; general: string | undefined } {
  const errors = new Map<string, string>();
  const rest: string[] = [];
  for (const { field, message } of error.details) {
    const name = fieldAtFault(fields, field);
    const label = fields.find((one) => one.name === name)?.label;
    if (name === undefined || label === undefined) rest.push(message);
    else errors.set(name, sentenceOf(label, message));
  }
  const general = errors.size > 0 && rest.length === 0 ? undefined : [error.message, ...rest].join(" ");
  return { errors, general };
}

/** Shows errors by `show`, and puts the cursor where the first one is. */
function showErrors(form: HTMLFormElement, show: () => void): void {
  // Drawn at once: until it is, no field is marked yet.
  flushSync(show);
  form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

export interface FormErrors {
  /** By the field's name. */
  errors: Errors;
  /** What is wrong with the form as a whole. */
  general: string | undefined;
  /** Shows these errors in place of earlier ones. False when there are none. */
  showMissing: (form: HTMLFormElement, missing: Errors) => boolean;
  /** Shows what the server has said. */
  showThrown: (form: HTMLFormElement, thrown: unknown) => void;
}

/** What is wrong with a form, at its fields. */
export function useFormErrors(fields: readonly FormField[]): FormErrors {
  const [errors, setErrors] = useState<Errors>(new Map());
  const [general, setGeneral] = useState<string>();
  const show = (form: HTMLFormElement, sorted: { errors: Errors; general: string | undefined }) => {
    showErrors(form, () => {
      setErrors(sorted.errors);
      setGeneral(sorted.general);
    });
  };
  return {
    errors,
    general,
    showMissing: (form, missing) => {
      show(form, { errors: missing, general: undefined });
      return missing.size > 0;
    },
    showThrown: (form, thrown) => show(form, sortErrors(fields, asApiError(thrown))),
  };
}
