import { expect, test } from "bun:test";
import { savedViewSchema, withView } from "./saved-views";

test("a view of the same name is replaced, and there are never too many", () => {
  const one = { name: "Failed syncs", path: "/runs?state=failed" };
  const again = { ...one, path: "/runs?state=failed&integration=Slack" };
  expect(withView([one], again)).toEqual([again]);
  const many = Array.from({ length: 60 }, (_, at) => ({ name: `view ${at}`, path: "/runs" }));
  expect(many.reduce<ReturnType<typeof withView>>((all, view) => withView(all, view), [])).toHaveLength(50);
});

test("a view leads nowhere but into the page", () => {
  const isView = (path: string) => savedViewSchema.safeParse({ name: "x", path }).success;
  expect(["/artifacts?q=a", "/search", "/"].map(isView)).toEqual([true, true, true]);
  expect(["//evil.example", "https://evil.example", "javascript:alert(1)", ""].map(isView)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
