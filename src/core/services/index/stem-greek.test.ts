import { expect, test } from "bun:test";
import { foldWord } from "./words";
import { stemGreek } from "./stem-greek";

const stemsOf = (words: string) => [...new Set(words.split(" ").map((word) => stemGreek(foldWord(word))))];

for (const forms of [
  "υπάλληλος υπαλλήλου υπάλληλοι υπαλλήλων υπαλλήλους",
  "εταιρεία εταιρείας εταιρείες εταιρειών",
  "σύμβαση σύμβασης συμβάσεις συμβάσεων",
  "τιμολόγιο τιμολογίου τιμολόγια τιμολογίων",
  "πρόβλημα προβλήματα προβλήματος προβλημάτων",
  "πελάτης πελάτη πελάτες πελατών",
  "έτος έτους έτη ετών",
  "πληρώνω πληρώνει πληρώνουν πληρώνεται πληρώνονται",
]) {
  test(`'${forms}' are forms of one word`, () => {
    expect(stemsOf(forms)).toHaveLength(1);
  });
}

test("other words stay apart, and two letters are left of any", () => {
  expect(stemsOf("πόλη πόλεμος πολύ πωλητής")).toHaveLength(4);
  expect(stemGreek("ωρα")).toBe("ωρ");
  expect(stemGreek("το")).toBe("το");
});
