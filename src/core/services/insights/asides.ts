/** What is said beside the matter, in the usual languages: greetings, thanks, small talk, and words that only lead on. */

const greetings = `dear|hi|hello|hey|good (?:morning|afternoon|evening)|welcome|thanks|thank you|many thanks|congratulations|cheers|
sehr geehrte[rs]?|liebe[rs]?|hallo|guten (?:morgen|tag|abend)|willkommen|vielen dank|danke|servus|moin|
bonjour|bonsoir|salut|cher|chère|chers|bienvenue|merci|hola|buen[oa]s (?:d[ií]as|tardes|noches)|estimad[oa]s?|bienvenid[oa]s?|gracias|muchas gracias|
ciao|buongiorno|buonasera|gentile|benvenut[ioa]|grazie|olá|oi|bom dia|boa tarde|bem-vind[oa]s?|prezad[oa]s?|obrigad[oa]|muito obrigad[oa]|
hoi|goedemorgen|beste|geachte|welkom|bedankt|dank je|hej|tack|välkommen|god morgon|hei|moi|kiitos|cześć|dzień dobry|witam|witaj|dziękuję|
здравствуйте|привет|добр(?:ый|ое|ого)|уважаем\\p{L}+|спасибо|привіт|дякую|шановн\\p{L}+|merhaba|teşekkürler|sayın|hoş geldiniz`;
const unspacedGreetings = `お疲れ様|お世話になって|いつもお世話|こんにちは|おはよう|よろしくお願い|ありがとう|了解|承知|
你好|您好|大家好|各位好|谢谢|感谢大家|辛苦了|好的|안녕하세요|감사합니다|수고하|네, |नमस्ते|धन्यवाद|مرحبا|السلام عليكم|شكرا|สวัสดี|ขอบคุณ`;

const pattern = (words: string) => words.replaceAll("\n", "");
const greeting = new RegExp(`^(?:${pattern(greetings)})(?![\\p{L}\\p{N}])`, "iu");
const otherGreeting = new RegExp(`^(?:${pattern(unspacedGreetings)})`, "u");
const mostWords = 8;
const mostCharacters = 24;

/** The first letters of all greetings: few sentences have them, and only those are looked at closely. */
const beginnings = new Set(
  `${pattern(greetings)}|${pattern(unspacedGreetings)}`
    .split("|")
    .map((words) => words.slice(0, 2).toLowerCase()),
);

/** Whether a sentence greets, thanks or welcomes somebody, and hardly more. */
export function isGreeting(sentence: string): boolean {
  if (!beginnings.has(sentence.slice(0, 2).toLowerCase())) return false;
  if (otherGreeting.test(sentence)) return sentence.length <= mostCharacters;
  if (!greeting.test(sentence)) return false;
  return /[!,]$/.test(sentence)
    ? sentence.length <= 120
    : sentence.split(" ", mostWords + 1).length <= mostWords;
}

/** "…, right?", "…, oder?", "…, non?": whoever asks so has said already what they think. */
const tags = `right|huh|yeah|yes|no|okay|ok|eh|correct|innit|(?:is|are|was|were|do|does|did|have|has|ca|wo|would|could|should)n['’]t (?:it|he|she|they|we|you|i|that)(?: think)?|
oder|nicht wahr|nicht|ne|gell|stimmt['’]s|hein|non|n['’]est-ce pas|d['’]accord|verdad|vale|né|certo|vero|giusto|toch|hè|eller hur|ikke sandt|prawda|
правда|верно|так|хорошо|değil mi|tamam mı`;
const tag = new RegExp(`[,…–-]\\s*(?:${pattern(tags)})\\s*[?？]$`, "iu");
const unspacedTag =
  /(?:对吧|是吧|好吗|对不对|是不是|好不好|ですよね|だよね|でしょうね|よろしいですね|그렇죠|맞죠|그쵸)[?？]$/u;

/** What goes on for a few words: "how is it going over there?" */
const smallTalk = `how are you|how(?:['’]s| is| have| has) (?:it going|you|you been|things|everything|everyone|everybody)|how was your (?:weekend|holiday|trip|vacation|day|evening)|
any questions|does that (?:make sense|help)|can you (?:all )?(?:hear|see) (?:me|us|that|my screen)|are you (?:there|kidding|serious)|what are you (?:talking about|doing)|
anything new|see what i mean|shall we (?:start|begin)|noch fragen|comment (?:ça va|allez-vous|vas-tu)|qué tal|cómo est[aá]s?|todo bien|come (?:stai|state)|tudo bem|
hoe gaat het met (?:je|jou|jullie|u)|hur mår du|jak się masz|co słychać|nasılsın(?:ız)?`;
/** What says so little only alone: "Is it?", "What happened?" */
const shortTalk = `what['’]s up|what is up|what about you|how about you|you know|right|really|isn['’]t it|is it|what now|make sense|what happened|why not|who knows|
are you (?:sure|okay|ok|ready)|anything else|wie geht(?:['’]s| es)(?: dir| ihnen| euch)?|alles (?:klar|gut)|ça va|come va|hoe gaat het|как дела|как вы|как ты|як справи|як ви|як ти`;
const talk = new RegExp(
  `^[¿¡]?(?:(?:${pattern(smallTalk)})(?![\\p{L}\\p{N}])[^?？]{0,25}|(?:${pattern(shortTalk)})(?:,? (?:then|now|so far|today|guys|all|everyone|there|again))?)\\s*[?？]$`,
  "iu",
);
const unspacedTalk =
  /^(?:お元気|元気です|最近どう|你好吗|最近怎么样|잘 지내|어떻게 지내|आप कैसे|كيف حال|สบายดี)/u;

/** Whether a question expects no answer that is worth finding. */
export function isSmallTalk(question: string): boolean {
  return (
    tag.test(question) || unspacedTag.test(question) || talk.test(question) || unspacedTalk.test(question)
  );
}

const leads =
  /^(?:(?:so|and|but|also|hey|hi|oh|ooh|wow|well|ok|okay|yeah|yes|no|um|umm|uh|hmm|like|actually|anyway|anyways|btw|by the way|und|aber|also|na|ja|nein|hallo|bonjour|salut|hola|ciao|olá|et|mais|oui|non|alors|donc|y|pero|sí|entonces|bueno|e|ma|allora|mas|então|en|maar|och|men|a|ale|и|но|а|то|і|але)(?:[ ,.…–-]+|$))+(?=[\p{L}¿])/iu;

/** A question without the words that only lead up to it: "So, and who …?" is "Who …?" */
export function withoutLead(question: string): string {
  const rest = question.replace(leads, "");
  return rest === question ? question : rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** What was said without what stands beside it in brackets: "[laughs]", "[shared image: a lake]". */
export function withoutAsides(sentence: string): string {
  if (sentence.startsWith("(") && /^\([^()]*\)$/.test(sentence)) return "";
  return sentence.includes("[") ? sentence.replace(/\s*\[[^[\]]{1,300}\]/g, "").trim() : sentence;
}
