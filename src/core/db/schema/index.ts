/** The core's own tables. Integrations add theirs beside their code, in `db/schema.ts`. */
export * from "./access";
export * from "./agent-calls";
export * from "./artifacts";
export * from "./schedule";
export * from "./sync";
export * from "./vectors";
