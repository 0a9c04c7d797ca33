import { expect, test } from "bun:test";
import { environmentSchema } from "@/core/config-variables";
import { cleanEnvironment } from "./clean-environment";

test("no variable that the program reads reaches the tests: one with a key would have them pay", () => {
  const names = [
    ...Object.keys(environmentSchema.shape),
    ...["NOTION_OAUTH_CLIENT_ID", "NOTION_OAUTH_CLIENT_SECRET", "STONETURNER_OLD", "BUN_PUBLIC_TITLE"],
  ];
  expect(names).toContain("EMBEDDING_API_KEY");
  expect(cleanEnvironment(Object.fromEntries(names.map((name) => [name, "x"])))).toEqual({});
});

test("all else does, an empty value too", () => {
  const others = { PATH: "/bin", CHROMIUM_PATH: "/c", TZ: "", VENDOR_SPECS: "/v" };
  expect(cleanEnvironment({ ...others, HOME: undefined })).toEqual(others);
});
