import { expect, test } from "bun:test";
import { type FakePart, html, plain, shownPart, withFile } from "../../../../test/fakes/gmail/parts";
import { mailsOf } from "./mail";
import { messageSchema } from "./models";

/** A message as Gmail gives it. */
function mailOf(body: FakePart, headers: Record<string, string> = {}) {
  const message = messageSchema.parse({
    id: "m",
    labelIds: [],
    internalDate: "0",
    payload: shownPart(body, "", headers),
  });
  return mailsOf({ messages: [message] })[0];
}

test("of two texts that say the same, the one with form is taken; texts that follow each other are all", () => {
  const types = (body: FakePart) => mailOf(body)?.texts.map(({ mimeType }) => mimeType);
  expect(types(html("<p>Hi</p>"))).toEqual(["text/html"]);
  expect(types({ mimeType: "multipart/alternative", parts: [plain("Hi")] })).toEqual(["text/plain"]);
  const invitation = { mimeType: "text/calendar", text: "BEGIN:VCALENDAR" };
  expect(types({ mimeType: "multipart/alternative", parts: [plain("Hi"), invitation] })).toEqual([
    "text/plain",
  ]);
  expect(types({ mimeType: "multipart/mixed", parts: [plain("Above"), html("<p>Below</p>")] })).toEqual([
    "text/plain",
    "text/html",
  ]);
});

test("files are told by name and size; pictures that stand in the text are none, a mail in a mail is one", () => {
  const logo = { mimeType: "image/png", filename: "logo.png", text: "x", headers: { "Content-ID": "<1>" } };
  const photo = {
    ...logo,
    filename: "photo.png",
    headers: { ...logo.headers, "Content-Disposition": "attachment" },
  };
  const inside = { mimeType: "message/rfc822", parts: [plain("Inner")], text: "12345" };
  const offer = { name: "=?utf-8?q?Pr=C3=BCfung.pdf?=", mimeType: "application/pdf", size: 7 };
  const { parts = [] } = withFile(html("<p>Hi</p>"), offer);
  const mail = mailOf({ mimeType: "multipart/mixed", parts: [...parts, logo, photo, inside] });
  expect(mail?.attachments).toEqual([
    { name: "Prüfung.pdf", size: 7 },
    { name: "photo.png", size: 1 },
    { name: "unnamed (message/rfc822)", size: 5 },
  ]);
  expect(mail?.texts).toHaveLength(1);
});

test("people are read by RFC 5322, with their groups; nobody is nobody", () => {
  const mail = mailOf(plain("Hi"), {
    From: '"Silva, Ana (Harbour)" <Ana@Harbour.example>',
    To: "Crew: bo@x.example, Cy <cy@x.example>;, =?utf-8?b?SsO2cmc=?= <j@x.example>",
    Cc: "undisclosed-recipients:;",
  });
  expect(mail?.from).toEqual({ name: "Silva, Ana (Harbour)", address: "ana@harbour.example" });
  expect(mail?.to).toEqual([
    { name: "", address: "bo@x.example" },
    { name: "Cy", address: "cy@x.example" },
    { name: "Jörg", address: "j@x.example" },
  ]);
  expect(mail?.cc).toEqual([]);
  expect(mailOf(plain("Hi"))?.from).toBeUndefined();
});

test("parts in parts, a thousand deep, end soon", () => {
  let body = plain("Bottom");
  for (let depth = 0; depth < 200; depth++) body = { mimeType: "multipart/mixed", parts: [body] };
  expect(mailOf(body)?.texts).toEqual([]);
});
