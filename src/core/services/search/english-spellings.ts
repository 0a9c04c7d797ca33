/** British and American ways to write one word, where their stems differ: what is looked for, and what stands for it. */
const respellings: readonly (readonly [RegExp, string])[] = [
  // organise, organize; analyse, analyze.
  [/(?<=..[iy])s(?=(?:e[ds]?|ing|ations?|ers?)$)/, "z"],
  [/(?<=..[iy])z(?=(?:e[ds]?|ing|ations?|ers?)$)/, "s"],
  // behaviour, behavior: few words in -or have another form in -our, nearly all in -our have one in -or.
  [/(?<=..)our(?=(?:s|ed|ing|al|ally|able|ites?|ful|less)?$)/, "or"],
  [/(?<=behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|od|rum|sav|vap|vig)or(?=(?:s|ed|ing|al|ally|able|ites?|ful|less)?$)/, "our"], // prettier-ignore
  // centre, center; fibre, fiber.
  [/(?<=cen|fil|li|lus|me|thea)tre(?=[sd]?$)/, "ter"],
  [/(?<=cen|fil|li|lus|me|thea)ter(?=s?$)/, "tre"],
  [/(?<=^fi)bre(?=s?$)/, "ber"],
  [/(?<=^fi)ber(?=s?$)/, "bre"],
  // catalogue, catalog.
  [/(?<=anal|catal|dial)ogue(?=s?$)/, "og"],
  [/(?<=anal|catal|dial)og(?=s?$)/, "ogue"],
];
const shortest = 5;

/** The same English word in the other spelling; none for most words. `word` is in small letters. */
export function otherSpellings(word: string): string[] {
  if (word.length < shortest) return [];
  return respellings.filter(([form]) => form.test(word)).map(([form, other]) => word.replace(form, other));
}
