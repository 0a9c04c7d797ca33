/** Words that carry no subject: left out of term counts and never an entity. Lower case. */
import { lazy } from "@/lib/lazy";

const english = `a about above across actually after again against all almost alone along already also although always am
among an and another any anybody anyone anything anyway anywhere are around as ask at away back be became because become
been before began behind being below best better between both but by call came can cannot come could did do does doing
done down during each either else enough even ever every everybody everyone everything example few first following for
from full further gave get gets getting give given go goes going gone gonna good got great had has have having he hello
hence her here hers herself hey hi him himself his how however i if in indeed inside instead into is it its itself just
keep kind know last later least less let lets like likely little look looks lot made make makes making many may maybe me
mean means might mine more most mostly much must my myself near need needs neither never new next no nobody none nor not
nothing now of off often oh ok okay old on once one ones only onto or other others our ours out outside over own perhaps
please put quite rather really right said same saw say says second see seem seemed seems seen several shall she should
show since so some somebody someone something sometimes somewhere soon still such sure take taken takes tell than thank
thanks that the their theirs them themselves then there therefore these they thing things think this those though three
through thus to today together tomorrow tonight too took toward try two um uh under unless until up upon us use used uses
using very via want wanted wants was way we well went were what whatever when whenever where whether which while who
whole whom whose why will with within without wo won would wow yeah yep yes yesterday yet you your yours yourself
according additionally besides consequently currently finally fortunately furthermore generally meanwhile moreover
nevertheless otherwise overall previously recently similarly specifically subsequently typically ultimately
unfortunately usually despite except per regardless various whereas mm hmm mhm ah gotta wanna don didn doesn isn aren
wasn weren haven hasn hadn couldn wouldn shouldn ain etc vs eg ie`;

const german = `aber alle als also am an auch auf aus bei bin bis da damit dann das dass dem den der des die dies diese
dieser dieses doch dort durch ein eine einem einen einer eines er es etwas für hat habe haben hatte hier ich ihr ihre im
in ist ja jede jeder kann kein keine können mehr mit muss müssen nach nicht noch nun nur ob oder ohne sehr sein seine
sich sie sind so soll sollte über um und uns unser unter vom von vor war waren was wenn wer werden wie wir wird wurde
wurden zu zum zur zwischen`;

const french = `au aux avec ce ces cette dans de des du elle elles en est et eu il ils je la le les leur leurs lui mais
même nous on ont ou où par pas plus pour qu que qui sa se ses si son sont sous sur ta te tes ton tous tout toute tu un
une vos votre vous été être avoir fait comme aussi`;

const spanish = `al ante como con cual cuando de del desde donde el ella ellas ellos en entre era es esa ese eso esta está
estas este esto estos fue ha han hasta hay la las le les lo los más me mi muy no nos nosotros o para pero por porque que
qué se ser si sí sin sobre son su sus también tiene todo todos un una uno unos y ya`;

const others = `e um uma os as dos das não com por mais mas foi são ao pelo pela ele ela isso il lo gli di che è per non
una sono della delle dei nel alla come anche più het een van en de dat die niet met voor zijn op te aan ook og det på av
är att som för inte och til med ikke`;

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "");

export const ENGLISH_FUNCTION_WORDS: ReadonlySet<string> = new Set(words(english));
export const GERMAN_FUNCTION_WORDS: ReadonlySet<string> = new Set(words(german));

/** Function words of the languages above. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  [english, german, french, spanish, others].flatMap(words),
);

/** Ordinary nouns and labels that get a capital in headings, lists and forms without naming anything. */
export const ORDINARY_WORDS: ReadonlySet<string> = new Set(
  words(`action actions add agenda answer appendix apply attendees author avoid background bad based benefits body build
button category change changed changes changelog chapter check choose click close code column comment comments common
conclusion configure contact contents copy cost create created data date day days dear decision decisions default define
delete description design details discussion document done draft edit email enable ensure entry error examples faq feature
features figure file files final find fixed folder follow general goal goals guide help high home hour id image important
improve include info input install intro introduction issue issues item items key kindly learn left level line link links
list location low main manage meeting menu message method methods minutes missing month morning move mr mrs ms dr prof
name named none note notes null number open option optional options order output overview owner page part participants
party people person persons folks guys phase plan point points post prerequisites price priority problem process project purpose question questions
read reason reference references regards related remember remove rename reply report request required requirements
response result results review role rule rules run save search section select send sent set settings setup should sincerely
size source speaker start status step steps stop subject summary support table task tasks team test tests text time tip
tips title todo topic topics total true false troubleshooting type types understand unknown untitled update updated updates
url usage user users value values version view wait warning week welcome work write year years assistant system bot mom
dad sir madam guys guy god jesus christmas`),
);

/** Greetings, thanks and forms of address, which begin many a line and stand in front of names. Lower case. */
export const NEVER_NAMES: ReadonlySet<string> = new Set(
  words(`morning afternoon evening cheers congratulations welcome hallo danke vielen dank guten liebe lieber liebes sehr geehrte geehrter frau herr herrn
ihnen ihrem ihren ihrer merci bonjour bonsoir salut cher chère monsieur madame mme gracias hola buenos buenas estimado estimada
señor señora sra grazie ciao buongiorno gentile signor signora obrigado obrigada olá bom boa caro cara senhor senhora circa
hoi dag beste geachte meneer mevrouw hej tack god hei moi kiitos cześć dzień dobry witam dziękuję pan pani ahoj
привет здравствуйте спасибо добрый доброе уважаемый уважаемая господин привіт доброго дякую пан пані шановний merhaba teşekkürler sayın
bey hanım ông bà anh chị cô γεια ευχαριστώ`),
);

/** Capitals that shout or belong to a protocol rather than name something. */
export const ORDINARY_CAPITALS: ReadonlySet<string> = new Set(
  words(`AND OR NOT THE IF IN IS TO OF ON NO YES GET PUT POST PATCH DELETE HEAD NULL TRUE FALSE TODO FIXME NOTE WARNING
IMPORTANT TIP CAUTION AM PM OK FYI ASAP ETA TBD TBA NA LOL OMG BTW IMO IMHO AFAIK IIRC II III IV VI VII VIII IX XI XII RE FW FWD KB MB GB TB KIB MIB GIB
CC BCC AD BC CE BCE ID IDS URL URLS VS EG IE UTC GMT CET CEST EST EDT CST CDT PST PDT BST MEZ MESZ EUR USD GBP CHF JPY CNY
SEK NOK DKK PLN CZK HUF TRY INR KRW BRL CAD AUD`),
);

/** Names of months and weekdays, long and short, in the languages that write them with a capital or like a name. */
export const calendarWords = lazy((): ReadonlySet<string> => new Set(calendarNames()));

function calendarNames(): string[] {
  const found: string[] = [];
  for (const locale of ["en", "de", "fr", "es", "pt", "it", "nl"]) {
    for (const style of ["long", "short"] as const) {
      const month = new Intl.DateTimeFormat(locale, { month: style, timeZone: "UTC" });
      const weekday = new Intl.DateTimeFormat(locale, { weekday: style, timeZone: "UTC" });
      for (let i = 0; i < 12; i++) found.push(month.format(Date.UTC(2024, i, 15)));
      for (let i = 1; i <= 7; i++) found.push(weekday.format(Date.UTC(2024, 0, i)));
    }
  }
  for (const locale of ["el", "tr", "id"]) {
    const day = new Intl.DateTimeFormat(locale, {
      weekday: "long",
      day: "numeric",
      month: "long",
      timeZone: "UTC",
    });
    for (let i = 0; i < 12; i++) {
      for (const { type, value } of day.formatToParts(Date.UTC(2024, i, 15 + i)))
        if (type === "month" || type === "weekday") found.push(value);
    }
  }
  return found.map((word) => word.toLowerCase().replaceAll(".", ""));
}
