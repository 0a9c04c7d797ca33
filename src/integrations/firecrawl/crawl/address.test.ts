import { expect, test } from "bun:test";
import { cleanAddress, pageKey } from "./address";

const keyOf = (address: string) => {
  const url = cleanAddress(address);
  return url === undefined ? undefined : pageKey(url);
};

test("one page has one key, however it is linked", () => {
  const same = [
    "https://docs.acme.com/guide/Start?id=3&lang=en",
    "http://www.docs.acme.com/guide/Start/?lang=en&id=3#step-2",
    "https://docs.acme.com//guide/Start/index.html?id=3&lang=en&utm_source=x&gclid=y&_hsenc=z",
    "HTTPS://user:secret@DOCS.acme.com:443/guide/Start?id=3&lang=en",
  ];
  expect(new Set(same.map((address) => keyOf(address)))).toEqual(
    new Set(["docs.acme.com/guide/Start?id=3&lang=en"]),
  );
  expect(keyOf("https://acme.com/")).toBe("acme.com");
});

test("what tells pages apart is kept", () => {
  const different = ["/a", "/A", "/a?page=2", "/a?page=3", "/a/b", "/index", "/a.html"];
  expect(new Set(different.map((path) => keyOf(`https://acme.com${path}`))).size).toBe(different.length);
  expect(keyOf("https://acme.com:8080/a")).not.toBe(keyOf("https://acme.com/a"));
});

test("the address to open keeps its form, without tracking, names and places on the page", () => {
  expect(cleanAddress("https://me:pw@www.acme.com/a/?utm_campaign=x&q=1#top")?.href).toBe(
    "https://www.acme.com/a/?q=1",
  );
  for (const none of ["", "acme.com", "mailto:ana@acme.com", "javascript:alert(1)"])
    expect(cleanAddress(none)).toBeUndefined();
});
