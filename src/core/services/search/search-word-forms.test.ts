/** Two texts in each language: the one that has the question's words in other forms, and one that has one of them as it is. */
import { describe } from "bun:test";
import { testFirstHits, type Questions, type Texts } from "@test/first-hits";

const texts: Texts = {
  "finnish printers": ["A1", "Tulostimien asetuksissa valitaan paperinkoko, jolla asiakirjoja tulostetaan."],
  "finnish other": [
    "A2",
    "Kuka vaihtaa väriaineen? Huolto käy talossa kerran viikossa, avaimet saa vahtimestarilta.",
  ],
  "hungarian keys": ["B1", "A kulcsokat a portásoknál kell leadni, a szobákat bezárva hagyjuk."],
  "hungarian other": ["B2", "Az ebédlő a földszinten van, a könyvtár mellett, ahol szoba is kapható."],
  "czech orders": ["C1", "Objednávek s fakturami se ujímají účetní, zboží přebírají skladníci."],
  "czech other": ["C2", "Výtah opravuje technik, který je v budově každé úterý a odváží i objednávku."],
  "polish contracts": ["D1", "Umów z dostawcami pilnują prawnicy, aneksami zajmują się kierownicy."],
  "polish other": ["D2", "Szkolenie nowych osób ma w poniedziałek dział kadr, który daje im aneks."],
  "turkish holidays": ["F1", "İzinlerini çalışanlar yöneticilerine bildirir, belgelerini imzalatırlar."],
  "turkish other": ["F2", "Kim yemek sipariş eder? Mutfak, her sabah saat dokuzda, bütün katlar için."],
  "croatian offers": ["G1", "Ponudama kupcima upravljaju prodavači, popustima voditelji."],
  "croatian other": ["G2", "Vozača po goste zove recepcija, svakoga jutra u osam sati, uz popust."],
};

const questions: Questions = [
  ["Kuka asettaa tulostimen paperikoon", "finnish printers"],
  ["szoba kulcsa", "hungarian keys"],
  ["objednávku a fakturu účetního", "czech orders"],
  ["umowę i aneks prawnika", "polish contracts"],
  ["Kim izin belgesi imzalar?", "turkish holidays"],
  ["ponudu i popust prodavača", "croatian offers"],
];

describe("words in other forms", () => testFirstHits(texts, questions));
