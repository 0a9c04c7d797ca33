import { expect, test } from "bun:test";
import { configRegistry } from "./config-registry";

test("what is no secret can be read while it is typed, and every secret is masked", () => {
  const fields = configRegistry.flatMap(({ integration, inputs = [] }) =>
    // A field that says nothing is masked, unless it is an address.
    inputs.map(({ input, label, secret = input !== "baseUrl" }) => ({
      name: `${integration}: ${label}`,
      secret,
    })),
  );
  const seen = fields.filter(({ secret }) => !secret).map(({ name }) => name);
  const plain = /: .*(?:e-mail|client id|consumer key|address|url|site|server)/i;
  expect(fields.filter(({ name, secret }) => secret && plain.test(name))).toEqual([]);
  expect(seen.filter((name) => /secret|token|password|api key/i.test(name.split(": ")[1] ?? ""))).toEqual([]);
});
