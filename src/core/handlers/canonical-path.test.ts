import { describe, expect, test } from "bun:test";
import { rules } from "@/core/middlware/route-rules";
import { canonicalPath } from "./canonical-path";

const pathOf = (path: string) => canonicalPath(new Request(`http://localhost${path}`));

describe("the path that routes are matched against", () => {
  test.each([
    ["/API/Integrations", "/api/integrations"],
    ["/api/synctasks/RECENT", "/api/syncTasks/recent"],
    ["/Api/Sync/Updates/FILES", "/api/sync/updates/FILES"],
    ["/api/runs/AbC/Cancel/", "/api/runs/AbC/cancel"],
    ["/API/Artifact/Recent", "/api/artifact/Recent"],
    ["/api/RUNS/Cancel/CANCEL", "/api/runs/Cancel/cancel"],
    ["/api/Schedules/Preview", "/api/schedules/preview"],
    ["/API/Nothing/Runs", "/api/Nothing/Runs"],
    ["/Assets/Files.svg", "/assets/Files.svg"],
    ["/MCP/", "/mcp"],
    ["/api", "/api"],
    ["/api/", "/api"],
    ["/Sources/Files/", "/Sources/Files/"],
    ["/api/artifact/a%2FB%2fc?x=1#y", "/api/artifact/a%2FB%2fc"],
    ["/", "/"],
  ])("of %s is %s", (given, expected) => expect(pathOf(given)).toBe(expected));

  test.each(Object.keys(rules))("of %s is found in any spelling", (name) => {
    const path = name.replace(/^\S+ /, "").replaceAll(/\{\w+\}/g, "aB%2fC");
    const shouted = path.replaceAll(/[^/]+/g, (word) => (word === "aB%2fC" ? word : word.toUpperCase()));
    expect(pathOf(shouted)).toBe(path);
  });

  test("of something that is no URL is the root, which the host guard refuses", () => {
    const request = new Request("http://localhost/");
    Object.defineProperty(request, "url", { value: "/no-host" });
    expect(canonicalPath(request)).toBe("/");
  });
});
