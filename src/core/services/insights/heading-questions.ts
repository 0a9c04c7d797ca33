/** English headings as the plain question that their section answers. */

const imperatives = new Set(
  `add adjust allow apply assign authenticate back backup build cancel change check choose clean clear clone close compare conduct
configure connect contact convert copy create customise customize debug define delete deploy disable download edit
enable evaluate export extend find fix format generate get grant handle identify implement import improve increase inspect install
integrate invite join limit load log maintain make manage merge migrate monitor move open optimise optimize organise
organize pause pay prepare prevent protect publish query read recover reduce refresh register remove rename renew replace
report request reset resize resolve restart restore retrieve revoke roll rollback rotate run save scale schedule search
select send set setup share sign split start stop store submit switch sync test track train transfer translate
troubleshoot tune uninstall unlock update upgrade upload use validate verify view write`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/** Whether a word, in lower case, tells somebody to do something where it begins an English sentence. */
export function isImperative(word: string): boolean {
  return imperatives.has(word);
}

/** Verbs that are as often a noun: "Connect dialog", "Test results". They need an article or the like behind them. */
const ambiguous = new Set(
  `access back build change check close connect contact convert copy debug delete design display download edit exchange
export extend fix format grant handle import index join limit list load log measure merge move open pause pay plan post
process protect query read record refresh release rename report request reset resize restart return review roll rollback
run save scale schedule search set share sign split start stop store submit switch sync test time track train transfer
trigger update upgrade upload use view work write`.split(/\s+/),
);
const determiner =
  /^(?:a|an|the|your|my|our|its|this|these|that|all|any|multiple|with|to|for|from|into|on|up|new|another)$/;

/** Nouns that make a heading stand for a thing one can ask for: "Refund policy", "Hiring process". */
const askable =
  /^(?:policy|policies|process|plan|strategy|architecture|schedule|timeline|budget|procedure|workflow|roadmap|pricing|structure|scope|goal|goals|requirements|responsibilities|deadline|deadlines|limits|limitations|prerequisites|benefits|risks|costs|objectives|rules|criteria|symptoms|hours|fees|terms|root cause|cause|causes|purpose|definition|mission|vision|agenda|decision|decisions)$/;

const questionWord =
  /^(?:what|why|when|where|who|which)\s+(?:is|are|was|were|do|does|did|to|can|should|will|would|has|have)\b/i;

/** A longer heading asks nothing, and a long run of dots in one would cost seconds. */
const LONGEST = 300;

/** "How to install X", "Install X", "Refund policy" as questions; undefined for every heading that makes no natural one. */
export function questionFromHeading(heading: string): string | undefined {
  if (heading.length > LONGEST) return undefined;
  const text = heading.replace(/^\d{1,3}(?:\.\d{1,3}){0,4}[.)]?\s+/, "").replace(/[\s.:]+$/, "");
  const words = text.split(/\s+/);
  if (words.length < 2 || words.length > 10 || /[|/<>{}=;]|\d{4}/.test(text)) return undefined;
  const [first = "", second = ""] = words.map((word) => word.toLowerCase());
  if (first === "how" && second === "to") return `How do I ${lowerFirst(words.slice(2).join(" "))}?`;
  if (first === "how") return words.length < 3 ? undefined : howQuestion(words);
  if (questionWord.test(text)) return words.length < 3 ? undefined : `${text}?`;
  const isVerb = imperatives.has(first) && (!ambiguous.has(first) || determiner.test(second));
  if (isVerb && !/^(?:up|started|in|out|on|off|more|here|next)$/.test(words.at(-1) ?? "")) {
    return `How do I ${lowerFirst(text)}?`;
  }
  return askable.test(words.at(-1)?.toLowerCase() ?? "") ? aboutThing(words) : undefined;
}

/** "How we ship" as "How do we ship?", "How billing works" as "How does billing work?", "How long it takes" as none. */
function howQuestion(words: readonly string[]): string | undefined {
  const [, second = "", third = ""] = words;
  const [rest, asked] = [words.slice(2), `${words.join(" ")}?`];
  if (auxiliary.test(second) || /^many$/i.test(second)) return asked;
  if (/^(?:much|long|often|far|old)$/i.test(second)) return auxiliary.test(third) ? asked : undefined;
  if (/^(?:we|i|you|they)$/i.test(second)) {
    return auxiliary.test(third) ? undefined : `How do ${second.toLowerCase()} ${rest.join(" ")}?`;
  }
  const last = words.at(-1) ?? "";
  if (!/^works?$/i.test(last) || words.length < 3) return undefined;
  const subject = [lowerFirst(second), ...rest.slice(0, -1)].join(" ");
  return `How ${/s$/i.test(last) ? "does" : "do"} ${subject} work?`;
}

const auxiliary = /^(?:do|does|did|is|are|was|were|can|could|should|will|would|has|have|am|may|must)$/i;

function aboutThing(words: readonly string[]): string | undefined {
  if (words.length > 5 || words.some((word) => /[(),:&]/.test(word) || /^(?:and|or|no|not)$/i.test(word)))
    return undefined;
  const subject = words[0]?.toLowerCase() === "the" ? words.slice(1) : words;
  const plural = /(?:[^s]s|criteria)$/i.test(subject.at(-1) ?? "");
  const phrase = [lowerFirst(subject[0] ?? ""), ...subject.slice(1)].join(" ");
  return `What ${plural ? "are" : "is"} the ${phrase}?`;
}

/** "Install" → "install", but "API" and "OAuth" as they are. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]+(?:\s|$)/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
