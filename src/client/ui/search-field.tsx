import { useId, type InputHTMLAttributes, type Ref } from "react";
import { Icon } from "./icons";

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  /** Its name for screen readers; the placeholder shows it to everybody else. */
  label: string;
  /** Classes of the box around it, which sets its place in a row. */
  place?: string;
  ref?: Ref<HTMLInputElement>;
}

/** A field that narrows a list while it is typed into, with the sign of a search at its start. */
export function SearchField({ label, place = "", className = "", id: given, ...rest }: Props) {
  const made = useId();
  const id = given ?? made;
  return (
    <div className={`relative max-w-full min-w-0 ${place}`}>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Icon name="search" className="pointer-events-none absolute inset-y-0 start-2.5 my-auto text-muted" />
      <input id={id} type="search" className={`field ps-8 ${className}`} {...rest} />
    </div>
  );
}
