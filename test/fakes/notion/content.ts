/**
 * Content of a page in both forms: as Notion's markdown endpoint writes it, and as it must read once synced. The pairs
 * are written by hand, so that neither is made by the code under test.
 */
import type { Random } from "@test/random";

export interface Piece {
  enhanced: string;
  gfm: string;
}

const subjects = [
  "The harbour crane",
  "A spare rotor",
  "The tide table",
  "Our pilot boat",
  "The night shift",
  "The salt pan",
];
const deeds = [
  "was painted",
  "needs a new bolt",
  "is due in spring",
  "waits for the auditor",
  "was moved north",
  "is out of stock",
];

/** A piece whose words are met nowhere else. */
export function somePiece(random: Random, mark: string): Piece {
  const words = `${random.pick(subjects)} ${mark} ${random.pick(deeds)}`;
  return random.pick(shapes)(words);
}

const shapes: ((words: string) => Piece)[] = [
  (words) => ({ enhanced: `${words}.`, gfm: `${words}.` }),
  (words) => ({ enhanced: `## ${words} {color="blue"}`, gfm: `### ${words}` }),
  (words) => ({ enhanced: `${words} costs \\$5 \\{net\\}.`, gfm: `${words} costs $5 {net}.` }),
  (words) => ({
    enhanced: `- **${words}**\n\t- [x] done\n\t- [ ] open`,
    gfm: `- **${words}**\n  - [x] done\n  - [ ] open`,
  }),
  (words) => ({
    enhanced: `<callout icon="💡" color="gray_bg">\n\t${words}\n\tMind the gap.\n</callout>`,
    gfm: `> 💡 ${words}\n>\n> Mind the gap.`,
  }),
  (words) => ({
    enhanced: `<details>\n<summary>${words}</summary>\n\tInside.\n</details>`,
    gfm: `- **${words}**\n\n  Inside.`,
  }),
  (words) => ({
    enhanced: `<table header-row="true">\n\t<tr>\n\t\t<td>Part</td>\n\t\t<td>Note</td>\n\t</tr>\n\t<tr>\n\t\t<td>a\\|b</td>\n\t\t<td>${words}</td>\n\t</tr>\n</table>`,
    gfm: `| Part | Note |\n| --- | --- |\n| a\\|b | ${words} |`,
  }),
  (words) => ({
    enhanced: `\`\`\`ts\nlet crane = "${words}"; // <b>\n\`\`\``,
    gfm: `\`\`\`ts\nlet crane = "${words}"; // <b>\n\`\`\``,
  }),
  (words) => ({
    enhanced: `<columns>\n\t<column>\n\t\t${words}\n\t</column>\n\t<column>\n\t\tRight.\n\t</column>\n</columns>`,
    gfm: `${words}\n\nRight.`,
  }),
  (words) => ({
    enhanced: `> ${words} <mention-date start="2026-05-15"/>`,
    gfm: `> ${words} 2026-05-15`,
  }),
];
