/** What the words of rich text mean (RTF 1.9), those that bear on its text. */

/** Groups that hold no text of the document, or that repeat on every page. */
export const SKIPPED = new Set(
  (
    "colortbl pict object header headerl headerr headerf footer footerl footerr footerf fldinst themedata datastore " +
    "listtable listoverridetable rsidtbl generator xmlnstbl latentstyles filetbl revtbl bkmkstart bkmkend nonshppict " +
    "atnid atnauthor atnref atntime annotation pgptbl mmathPr colorschememapping userprops operator company doccomm " +
    "comment subject keywords creatim revtim printim category manager hlinkbase falt panose private sp"
  ).split(" "),
);
/** Groups with text among those that a program need not know. */
export const KEPT = new Set(["shpinst", "footnote", "ud"]);
/** Words that stand for a character. */
export const CHARACTERS = new Map(
  Object.entries({
    tab: " ",
    line: "\n",
    emdash: "—",
    endash: "–",
    lquote: "‘",
    rquote: "’",
    ldblquote: "“",
    rdblquote: "”",
    bullet: "•",
    emspace: " ",
    enspace: " ",
    "~": "\u00a0",
    _: "-",
    "-": "",
  }),
);
/** Charsets of fonts by their numbers, as code pages of Windows. */
export const FONT_CHARSETS = new Map([
  [77, 10_000],
  [128, 932],
  [129, 949],
  [134, 936],
  [136, 950],
  [161, 1253],
  [162, 1254],
  [163, 1258],
  [177, 1255],
  [178, 1256],
  [186, 1257],
  [204, 1251],
  [222, 874],
  [238, 1250],
]);
