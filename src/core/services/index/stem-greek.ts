/** Endings of case, number and gender, then of persons and tenses; after folding, so without accents. */
const endings =
  "οσ ου ο ον οι ουσ ων ε α ασ εσ η ησ αδεσ αδων εδεσ εδων ι ια ιου ιων ιοσ ιο ιοι ιουσ ιασ ιεσ εισ εων εωσ εα εοσ ωσ " +
  "ω ει ουμε ομε ετε ουν ουνε αμε ατε αν αω ησε ησαν ησει ησουν ηκε ηκαν θηκε θηκαν ηθηκε ηθηκαν θει θουν ηθει ηθουν " +
  "ομαι εσαι εται ομαστε ονται ειται ουνται αται ονταν οταν";
/** Two letters are left at least; words in -μα have a longer form in most cases. */
const ending = new RegExp(`(?<=..)(?:(?<=μ)ατ(?:α|οσ|ων)|${endings.replaceAll(" ", "|")})$`);

/** A folded Greek word without its ending, so that a word's forms are alike. */
export function stemGreek(word: string): string {
  return word.replace(ending, "");
}
