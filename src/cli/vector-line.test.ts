import { expect, test } from "bun:test";
import { formatStatus } from "./status";
import { vectorLine } from "./vector-line";

const quiet = { model: "static-256-v1", building: null, waiting: 3, problem: null };
const building = { model: "openai:m#4", done: 1_200, total: 3_400 };

test("nothing is said of vectors while no model is built and nothing is wrong", () => {
  expect(vectorLine(quiet)).toBeUndefined();
});

test("a build is one line with its progress, and so is what is wrong, however it was worded", () => {
  expect(vectorLine({ ...quiet, building })).toBe(
    "openai:m#4 is being built, 1,200 of 3,400 artifacts done; search uses static-256-v1",
  );
  expect(vectorLine({ ...quiet, problem: "The key\n\u001B[31mwas refused." })).toBe(
    "search uses static-256-v1; problem: The key [31mwas refused.",
  );
});

test("status shows the line below the index, and none when there is nothing to tell", () => {
  const status = {
    sources: [],
    runs: [],
    index: { artifacts: 1, waiting: 0, chunks: 1 },
    older: 0,
    insightsProblem: null,
    server: null,
    home: "/data",
  };
  expect(formatStatus({ ...status, vectors: { ...quiet, building } }, false)[3]).toStartWith(
    "Vectors      openai",
  );
  expect(formatStatus({ ...status, vectors: quiet }, false).join("\n")).not.toContain("Vectors");
  expect(formatStatus({ ...status, vectors: quiet, older: 1 }, false)[2]).toEndWith(
    "1 artifact in 1 passage, 1 artifact to be renewed for this version",
  );
  const refused = { ...status, vectors: quiet, insightsProblem: "The model m refuses the key (401)." };
  expect(formatStatus(refused, false)[3]).toBe("Insights     problem: The model m refuses the key (401).");
});
