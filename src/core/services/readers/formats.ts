import { extensionOf } from "@/lib/file-names";
import { readCalendar } from "./calendar";
import { readCode } from "./code";
import { readContacts } from "./contacts";
import { readJson, readJsonLines } from "./json";
import { languageOf } from "./languages";
import { readNotebook } from "./notebook";
import { readLog, readPlainText } from "./plain-text";
import type { ByteReader, Reader, TextReader } from "./reader";
import { readTranscript } from "./transcript";

// These bring large libraries, which are loaded with the first file that needs them.
const readMarkdown: TextReader = async (input, text) =>
  (await import("./markdown")).readMarkdown(input, text);
const readCsv: TextReader = async (input, text) => (await import("./csv")).readCsv(input, text);
const readHtml: TextReader = async (input, text) => (await import("./html")).readHtml(input, text);
const readPdf: ByteReader = async (input) => (await import("./pdf")).readPdf(input);
const readDocx: ByteReader = async (input) => (await import("./docx")).readDocx(input);
const readXlsx: ByteReader = async (input) => (await import("./xlsx")).readXlsx(input);
const readPptx: ByteReader = async (input) => (await import("./pptx")).readPptx(input);
const readOdt: ByteReader = async (input) => (await import("./odt")).readOdt(input);
const readOds: ByteReader = async (input) => (await import("./ods")).readOds(input);
const readOdp: ByteReader = async (input) => (await import("./odp")).readOdp(input);
const readEmail: ByteReader = async (input) => (await import("./email")).readEmail(input);
const readDoc: ByteReader = async (input) => (await import("./doc")).readDoc(input);
const readXls: ByteReader = async (input) => (await import("./xls")).readXls(input);
const readEpub: ByteReader = async (input) => (await import("./epub")).readEpub(input);
const readPpt: ByteReader = async (input) => (await import("./ppt")).readPpt(input);
const readRtf: ByteReader = async (input) => (await import("./rtf")).readRtf(input);
const readMhtml: ByteReader = async (input) => (await import("./mhtml")).readMhtml(input);
const readMsg: ByteReader = async (input) => (await import("./msg")).readMsg(input);
const readMbox: ByteReader = async (input) => (await import("./mbox")).readMbox(input);

const TEXT_READERS: [string, TextReader][] = [
  ["md markdown mdx mdown mkd qmd rmd", readMarkdown],
  ["txt text rst adoc asciidoc org tex textile wiki", readPlainText],
  ["log out err", readLog],
  ["html htm xhtml", readHtml],
  ["csv tsv", readCsv],
  ["json geojson webmanifest", readJson],
  ["jsonl ndjson", readJsonLines],
  ["ipynb", readNotebook],
  ["vtt srt", readTranscript],
  ["ics ical vcs", readCalendar],
  ["vcf vcard", readContacts],
];

// `dot` and `pot` are templates of old Office, and far more often graphs and translations, which are text.
const BYTE_READERS: [string, ByteReader, whole: boolean][] = [
  ["pdf", readPdf, true],
  ["docx docm dotx dotm", readDocx, true],
  ["xlsx xlsm xltx xltm", readXlsx, true],
  ["pptx pptm ppsx ppsm potx potm", readPptx, true],
  ["doc", readDoc, true],
  ["xls xlt", readXls, true],
  ["ppt pps", readPpt, true],
  ["epub", readEpub, true],
  ["rtf", readRtf, true],
  ["mht mhtml", readMhtml, true],
  ["odt ott", readOdt, true],
  ["ods ots", readOds, true],
  ["odp otp odg", readOdp, true],
  ["eml", readEmail, false],
  ["msg", readMsg, true],
  ["mbox", readMbox, false],
];

/** Formats that hold no text, or none that is read here: not worth opening. */
const BINARY = new Set(
  (
    "png jpg jpeg gif webp bmp ico tif tiff heic heif avif psd ai eps raw svg svgz " +
    "mp3 mp4 m4a m4v wav flac ogg oga ogv opus aac wma avi mov mkv webm wmv mpg mpeg " +
    "zip gz tgz bz2 xz zst 7z rar tar lz4 br jar war ear apk aab ipa dmg iso img pkg deb rpm msi cab " +
    "exe dll so dylib a o obj lib bin class pyc pyo pyd wasm node pdb " +
    "ttf otf woff woff2 eot db sqlite sqlite3 mdb accdb parquet avro orc feather arrow npy npz h5 hdf5 pkl " +
    "onnx safetensors gguf pt pth tflite pages numbers key " +
    "pst ost dwg dxf blend fbx glb stl skp indd sketch fig xd p12 pfx jks keystore der gpg " +
    "swp ds_store lnk"
  ).split(" "),
);

const readers = new Map<string, Reader>();
for (const [extensions, read] of TEXT_READERS) {
  for (const extension of extensions.split(" ")) readers.set(extension, { takes: "text", read });
}
for (const [extensions, read, whole] of BYTE_READERS) {
  for (const extension of extensions.split(" ")) readers.set(extension, { takes: "bytes", whole, read });
}

/** The reader for a file by its name; undefined when the name does not tell. */
export function readerFor(path: string): Reader | undefined {
  if (languageOf(path) !== undefined) return { takes: "text", read: readCode };
  return readers.get(extensionOf(path));
}

/** True when the name says that there is no text to be had. */
export function isBinaryName(path: string): boolean {
  return languageOf(path) === undefined && BINARY.has(extensionOf(path));
}

/** The reader of a file that merely is text. */
export const plainReader: Reader = { takes: "text", read: readPlainText };
