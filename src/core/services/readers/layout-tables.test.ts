import { expect, test } from "bun:test";
import { htmlToMarkdown } from "./html";

function markdownOf(html: string): string {
  const bytes = new TextEncoder().encode(html);
  const signal = new AbortController().signal;
  return htmlToMarkdown(
    { path: "mail.html", bytes, size: bytes.length, truncated: false, signal },
    html,
  ).trim();
}

test("a table that only places things shows what it holds, with its headings and tables", () => {
  const items = "<table><tr><td>Pump S</td><td>400 €</td></tr><tr><td>Total</td><td>400 €</td></tr></table>";
  const mail = `<table width="600"><tr><td> </td><td><h1>Your order</h1><p>Thank you.</p>${items}</td></tr>
    <tr><td><ul><li>Track it</li></ul></td><td></td></tr></table>`;
  expect(markdownOf(mail)).toBe(
    "# Your order\n\nThank you.\n\n| | |\n| - | - |\n| Pump S | 400 € |\n| Total | 400 € |\n\n- Track it",
  );
});

test("two columns that say that they only place tables stand one below the other", () => {
  const column = (text: string) => `<td><table><tr><td><p>${text}</p></td></tr></table></td>`;
  const mail = `<table role="presentation"><tr>${column("From Ana")}${column("To Bo")}</tr></table>`;
  expect(markdownOf(mail)).toBe("From Ana\n\nTo Bo");
});

test("a table of values stays one, whatever it says of itself, and so does a list with a head", () => {
  const values = '<table role="presentation"><tr><td>Pump S</td><td>400 €</td></tr></table>';
  expect(markdownOf(values)).toBe("| | |\n| - | - |\n| Pump S | 400 € |");
  const list = "<table><tr><th>Names</th></tr><tr><td>Ana</td></tr><tr><td>Bo</td></tr></table>";
  expect(markdownOf(list)).toBe("| Names |\n| - |\n| Ana |\n| Bo |");
});

test("tables in tables, a thousand deep, keep their text and end soon", () => {
  const deep = `${"<table><tr><td>".repeat(1_000)}Bottom${"</td></tr></table>".repeat(1_000)}`;
  expect(markdownOf(deep)).toContain("Bottom");
});
