/** A word, or a list in parentheses. */
export type Expression = string | Expression[];

/** The lists and words of a text in parentheses; `;;` starts a comment. */
export function parseExpressions(source: string): Expression[] {
  const words = source.replaceAll(/;;.*$/gm, "").match(/[()]|[^\s()]+/g) ?? [];
  const root: Expression[] = [];
  const open: Expression[][] = [root];
  for (const word of words) {
    const inner = open.at(-1);
    if (inner === undefined) throw new Error("A parenthesis is closed that was not opened.");
    if (word === ")") open.pop();
    else if (word !== "(") inner.push(word);
    else {
      const list: Expression[] = [];
      inner.push(list);
      open.push(list);
    }
  }
  if (open.length !== 1) throw new Error("A parenthesis is left open.");
  return root;
}
