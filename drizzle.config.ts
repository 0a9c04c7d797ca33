import { defineConfig } from "drizzle-kit";

/** Each integration's tables are found by this pattern; list a path of your own here if it lies elsewhere. */
export default defineConfig({
  dialect: "sqlite",
  schema: ["./src/core/db/schema/*.ts", "./src/integrations/*/db/schema.ts"],
  out: "./migrations",
});
