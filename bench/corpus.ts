/** Made-up documents and questions with the statistics of real text: a Zipf vocabulary and a topic a document. */
import { createRandom, type Random } from "../test/support/random";

const VOCABULARY = 30_000;
const COMMON =
  "the of and to in a is that for it as was with be by on not he his but at are this have from".split(" ");

function word(rank: number): string {
  if (rank < COMMON.length) return COMMON[rank] ?? "the";
  // Pronounceable and unique: the rank written in syllables.
  const consonants = "bdfgklmnprstvz";
  const vowels = "aeiou";
  let rest = rank;
  let text = "";
  do {
    text += consonants[rest % 14];
    rest = Math.floor(rest / 14);
    text += vowels[rest % 5];
    rest = Math.floor(rest / 5);
  } while (rest > 0);
  return text;
}

/** A rank by Zipf's law (exponent about 1), by inverting the continuous distribution. */
function zipf(random: Random): number {
  return Math.min(VOCABULARY - 1, Math.floor(VOCABULARY ** random.next()) - 1);
}

function topicWord(random: Random, topic: number): string {
  return word(1_000 + ((topic * 37 + random.below(40)) % (VOCABULARY - 1_000)));
}

/** `count` markdown documents of about `words` words. */
export function corpusOf(count: number, words: number): string[] {
  const random = createRandom(7);
  return Array.from({ length: count }, (_, index) => {
    const topic = index % 700;
    const sentences: string[] = [];
    for (let written = 0; written < words; written += 15) {
      const text = Array.from({ length: 15 }, () =>
        random.next() < 0.15 ? topicWord(random, topic) : word(zipf(random)),
      ).join(" ");
      sentences.push(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
    }
    const middle = Math.floor(sentences.length / 2);
    const title = `${topicWord(random, topic)} ${topicWord(random, topic)}`;
    return `# ${title}\n\n${sentences.slice(0, middle).join(" ")}\n\n## ${topicWord(random, topic)}\n\n${sentences.slice(middle).join(" ")}\n`;
  });
}

/** Questions of five to eight words, common words among them, each about one topic. */
export function queriesOf(count: number): string[] {
  const random = createRandom(11);
  return Array.from({ length: count }, (_, index) => {
    const topic = (index * 13) % 700;
    const length = 5 + random.below(4);
    const words = Array.from({ length }, (_, place) =>
      place % 2 === 0 ? word(random.below(COMMON.length)) : topicWord(random, topic),
    );
    return `what is ${words.join(" ")}?`;
  });
}
