/** The words that end a mail, in the usual languages; what comes below is who wrote it, and small print. */
const formulas = `(?:with )?(?:my |our )?(?:best|kind|kindest|warm|warmest) (?:regards|wishes)|regards|all the best|sincerely(?: yours)?|
yours(?: sincerely| faithfully| truly)|
mit (?:freundlichen|besten|herzlichen|lieben) grü(?:ß|ss)en|(?:viele|beste|liebe|freundliche|herzliche|schöne) grü(?:ß|ss)e|lg|vg|mfg|
(?:bien )?cordialement|bien à (?:vous|toi)|(?:sincères |meilleures )salutations|
(?:un )?(?:cordial )?saludo|(?:un )?saludos(?: cordiales)?|atentamente|(?:com os )?melhores cumprimentos|cumprimentos|atenciosamente|
(?:cordiali|distinti) saluti|un saluto|met (?:vriendelijke|hartelijke) groet(?:en)?|groeten|
med (?:vänliga|vänlig|venlig|vennlig) (?:hälsningar|hälsning|hilsen)|mvh|ystävällisin terveisin|
z poważaniem|pozdrawiam|s pozdravem|с уважением|с наилучшими пожеланиями|з повагою|saygılarımla|
以上|敬具|此致|敬礼|顺颂商祺|祝好`;
/** Words that end many a mail, but begin others. */
const thanks = `(?:many |best )?thanks(?: again| in advance)?|thank you|best|cheers|yours|merci(?: d'avance)?|danke|vielen dank|gracias|grazie|
obrigad[oa]|bedankt|よろしくお願い(?:いた|致)?します|谢谢|감사합니다|धन्यवाद`;

const lineOf = (words: string) => new RegExp(`^(?:${words.replaceAll("\n", "")})\\s*[,.!。！।]*$`, "iu");
const [formula, thanking] = [lineOf(formulas), lineOf(thanks)];

/** Lines of a signature at the most, blank ones not counted. */
const longestSignature = 15;
const shortSignature = 3;

/** A mail in a thread or a mailbox begins with a heading. */
const nextMail = /^#{1,2}\s/;

/**
 * The lines of a mail up to where its own words end: without who wrote it, small print, and the mail it answers. Of
 * several mails each ends by itself.
 */
export function withoutSignature(lines: readonly string[]): readonly string[] {
  const starts = [0, ...lines.flatMap((line, index) => (index > 0 && nextMail.test(line) ? [index] : []))];
  return starts.flatMap((start, index) => ownWords(lines.slice(start, starts[index + 1])));
}

function ownWords(lines: readonly string[]): readonly string[] {
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (/^\\?-(?:-|\\-)$/.test(line)) return lines.slice(0, index);
    if (line.length > 60) continue;
    const below = formula.test(line) ? longestSignature : thanking.test(line) ? shortSignature : 0;
    if (below > 0 && linesUntilQuote(lines, index + 1) <= below) return lines.slice(0, index);
  }
  return lines;
}

function linesUntilQuote(lines: readonly string[], from: number): number {
  let count = 0;
  for (const line of lines.slice(from, from + 200)) {
    if (line.trimStart().startsWith(">")) break;
    if (line.trim() !== "") count++;
  }
  return count;
}
