import { analyse } from "@/core/services/index/analyse";
import { lazy } from "@/lib/lazy";

/**
 * Words of other languages than English that ask or bind ("what", "how many", "of", "was"), and say little of what a
 * question is about. Questions are full of them and texts are not, so that by rarity alone they would count like names.
 * Scripts of their own need no telling apart; languages that share the Latin one are told by how many such words a
 * question has.
 */
const ownScripts = [
  // Chinese, in both ways of writing, and Japanese.
  "什么 哪 哪个 哪些 哪里 哪种 哪位 谁 何时 何 何处 多少 几 几个 怎么 怎样 如何 为什么 为何 是 的 了 吗 呢 在 和 与 被 有 请问 是否 请 " +
    "什麼 哪個 哪裡 誰 幾 怎麼 為什麼 為何 嗎 與 請問 " +
    "何 誰 いつ どこ どの どれ どう どんな どのように なぜ いくつ いくら は が を に で と の も か へ から まで です ます した する " +
    "ですか ますか ありますか ください これ それ",
  // Russian and Ukrainian.
  "кто что какой какая какое какие каком какого какую каких чем чего кого кому кем чей где когда куда откуда как почему зачем " +
    "сколько который которая которое которые и в во на с со по к о об из от до для за у не а но или был была было были есть " +
    "это его ее их хто що який яка яке які де коли чому скільки та і з від",
  // Greek.
  "τι ποιος ποια ποιο ποιοι ποιες ποιον ποιου που πού ποτε πότε πως πώς γιατι γιατί ποσο πόσο ποσα πόσα ποσοι πόσοι ποσες πόσες " +
    "ο η το οι τα του της των τον την και σε στο στη στην στον στις στα στους με για από απο είναι ήταν έχει ένα μια ένας να θα",
  // Arabic and Persian.
  "ما ماذا من متى أين كيف لماذا كم أي أية هل هو هي في على إلى عن مع هذا هذه ذلك التي الذي كان كانت و أو " +
    "چه چرا کجا کی چند چگونه کدام در از به با که است را این آن و برای بود",
  // Hebrew.
  "מה מי מתי איפה היכן איך כיצד למה מדוע כמה איזה איזו אילו האם של את על עם הוא היא זה זאת אל היה היו",
  // Hindi and Marathi.
  "क्या कौन किस किसे किसने किसका किसकी किसके कब कहाँ कहां कैसे क्यों कितना कितनी कितने कौनसा कौनसी है हैं था थे थी का की के को में से " +
    "ने पर और या एक यह वह इस उस लिए द्वारा साथ तक गया गई गए हुआ हुई काय कोण कधी कुठे",
  // Tamil.
  "யார் யாரை என்ன எது எங்கே எங்கு எப்போது ஏன் எப்படி எவ்வளவு எத்தனை எந்த மற்றும் ஒரு இந்த அந்த",
  // Thai.
  "อะไร ใคร เมื่อไหร่ เมื่อไร เมื่อใด ที่ไหน ไหน ใด อย่างไร ยังไง ทำไม กี่ เท่าไร เท่าไหร่ เท่าใด คือ เป็น ที่ ของ และ ใน มี ได้ ให้ จาก กับ การ ความ ว่า ไหม หรือ ซึ่ง ถูก",
  // Korean, with the particles these take.
  "무엇 무엇을 무엇이 무엇인가 무엇입니까 누가 누구 누구를 언제 어디 어디서 어디에 어디에서 어떤 어느 어떻게 왜 몇 얼마 얼마나 및 또는 그 이 있는 있습니까 인가요",
].join(" ");

const latin = {
  german:
    "wer wie was wo wann warum wieso welche welcher welches welchen welchem wessen wem wen wohin woher wofür womit wodurch wieviel " +
    "wieviele viel viele ist sind war waren wird werden wurde wurden hat haben hatte hatten kann können der die das den dem des " +
    "ein eine einer eines einem einen und oder nicht in im am an auf zu zum zur von vom bei mit für aus nach über um durch sich " +
    "es er sie wir ihr ich man als auch",
  spanish:
    "qué quién quiénes cuál cuáles cuándo cuánto cuánta cuántos cuántas dónde cómo por para porque el la los las un una unos unas " +
    "de del al en y o a con sin sobre entre es son fue fueron era eran ser está están ha han había se su sus lo le les que",
  french:
    "qui que quoi quel quelle quels quelles quand où comment pourquoi combien est sont était étaient a ont avait été être le la " +
    "les l un une des du de d à au aux en et ou dans par pour sur avec ce cet cette ces il elle ils elles on se son sa ses qu",
  italian:
    "chi che cosa quale quali quando dove come perché quanto quanta quanti quante è sono era erano ha hanno il lo la i gli le un " +
    "uno una di del della dei delle degli al alla ai da dal in nel nella e o con su per si non",
  portuguese:
    "quem que qual quais quando onde como por porque quanto quanta quantos quantas é são foi foram era eram ser está o a os as um " +
    "uma de do da dos das em no na nos nas e ou com para se seu sua ao à",
  dutch:
    "wie wat welke welk wanneer waar waarom hoe hoeveel is zijn was waren wordt worden werd werden heeft hebben had de het een " +
    "van in op aan te met voor door bij uit naar en of niet er",
  polish:
    "kto co jaki jaka jakie który która które kiedy gdzie dlaczego jak ile czy jest są był była było były w we na z ze i do od " +
    "o po za przez dla się nie",
  turkish:
    "kim kimin kimler ne neler nedir hangi hangisi nerede nereye nereden nasıl neden niçin niye kaç kadar mı mi mu mü bir ve ile " +
    "için bu şu o olan olarak da de",
  vietnamese:
    "gì nào ai khi bao nhiêu đâu thế tại sao là của và có được các những một trong cho với không này đó để từ đến ở đã bị như " +
    "mấy vào về",
  romanian:
    "cine ce care când unde cum cât câtă câți câte este sunt era erau a au fost fi un o unei unui și sau în din la pe cu de " +
    "pentru prin al ale lui se nu",
  indonesian:
    "apa siapa kapan mana bagaimana mengapa kenapa berapa yang di ke dari dan atau untuk dengan adalah pada oleh itu ini tidak",
  swedish:
    "vem vad vilken vilket vilka när var hur varför många mycket är har hade en ett den det de och i på av till för med som om",
  danish:
    "hvem hvad hvilken hvilket hvilke hvornår hvor hvorfor hvordan mange meget er var har havde en et den det de og i på af til " +
    "for med som om ved fra kan man",
};

const formsOf = (words: string) => new Set(analyse(words).map(({ exact }) => exact));
const ownScript = lazy(() => formsOf(ownScripts));
const byLanguage = lazy(() =>
  Object.entries(latin).map(([language, words]) => ({ language, known: formsOf(words) })),
);

/** Fewer such words do not tell a language: `die` and `was` are English as well. */
const fewest = 2;

/** Which of a question's words only ask or bind, by the language that they tell. */
export function askingWords(words: readonly string[], told: ToldLanguage | undefined): Set<string> {
  return new Set([...words.filter((word) => ownScript().has(word)), ...(told?.asking ?? [])]);
}

/** A language with Latin letters, and those words of a question that tell it. */
export interface ToldLanguage {
  /** Its English name in small letters. */
  language: string;
  asking: string[];
}

/**
 * The language that a question's words tell; undefined for English, and where fewer than two do. `english` are the words
 * that only ask or bind in English.
 */
export function languageOf(words: readonly string[], english: ReadonlySet<string>): ToldLanguage | undefined {
  const distinct = [...new Set(words)];
  const best = byLanguage()
    .map(({ language, known }) => ({ language, asking: distinct.filter((word) => known.has(word)) }))
    .reduce((most, one) => (one.asking.length > most.asking.length ? one : most));
  const inEnglish = distinct.filter((word) => english.has(word)).length;
  return best.asking.length >= fewest && best.asking.length > inEnglish ? best : undefined;
}
