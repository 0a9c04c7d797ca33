/**
 * What `make` gives, made when it is first asked for and kept: for tables that take milliseconds to make and that most
 * starts do without.
 */
export function lazy<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
