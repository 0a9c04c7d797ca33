import { expect, test } from "bun:test";
import { InputError } from "@/core/models/errors";
import { idsByName } from "./choose-by-name";

const teams = [
  { id: "7", names: ["ENG", "Engineering"] },
  { id: "8", names: ["DES", undefined] },
];

test("names and ids become ids, without regard to case", () => {
  expect(idsByName("Acme", "teams", ["engineering", "des", "7"], teams)).toEqual(["7", "8", "7"]);
  expect(idsByName("Acme", "teams", [], teams)).toEqual([]);
});

test("an unknown name is answered with what it may have meant, else with what there is", () => {
  const failing = (name: string) => {
    try {
      return idsByName("Acme", "teams", [name], teams);
    } catch (error) {
      return error;
    }
  };
  const near = failing("Enginerin");
  expect(near).toBeInstanceOf(InputError);
  expect(near).toMatchObject({
    message:
      "'Enginerin' is not among the teams of this Acme account: it takes names of teams; did you mean ENG or Engineering?",
    details: [{ field: "options.teams", message: "takes names of teams; did you mean ENG or Engineering?" }],
  });
  expect(failing("Sales\u0007")).toMatchObject({ message: expect.stringContaining("there are ENG, DES") });
});
