import { describe, expect, test } from "bun:test";
import { dataSourceArtifact, type DataSourceIndex } from "./data-source";

function index(change: Partial<DataSourceIndex> = {}) {
  return dataSourceArtifact({
    id: "d1",
    title: "Parts",
    description: "What is in *stock*",
    url: "https://app.notion.com/p/d1",
    breadcrumb: ["Home", "Stores"],
    columns: {
      Name: { type: "title", options: [] },
      Stage: { type: "multi_select", options: ["In | out", "Done"] },
    },
    rows: [{ title: "Rotor [2]", url: "https://app.notion.com/p/r1" }],
    rowCount: 1,
    lastEditedTime: "2026-05-01T09:00:00.000Z",
    ...change,
  });
}

describe("a database's index", () => {
  test("says where it is, what its columns are, and names its rows with links", () => {
    expect(index().markdown).toBe(
      [
        "# Parts",
        "In: Home / Stores",
        "What is in \\*stock\\*",
        "A database with 1 row.",
        "## Columns",
        "| Column | Type | Options |\n| --- | --- | --- |\n| Name | title |  |\n| Stage | multi select | In \\| out, Done |",
        "## Rows",
        "- [Rotor \\[2\\]](https://app.notion.com/p/r1)",
      ].join("\n\n"),
    );
    expect(index()).toMatchObject({
      integrationArtifactId: "notion:data-source:d1",
      kind: "table",
      title: "Parts",
      metadata: { rows: 1, breadcrumb: ["Home", "Stores"] },
    });
  });

  test("without a name, columns and rows is still one", () => {
    const bare = index({ title: "", description: "", breadcrumb: [], columns: {}, rows: [], rowCount: 0 });
    expect(bare.markdown).toBe("# Untitled database\n\nA database with 0 rows.");
    expect(bare.title).toBe("Untitled database");
  });

  test("names a thousand rows, and says how many more there are", () => {
    const rows = Array.from({ length: 1_500 }, (_, at) => ({
      title: at === 0 ? "" : `Row ${at}`,
      url: `https://a.example/${at}`,
    }));
    const { markdown } = index({ rows, rowCount: rows.length });
    expect(markdown).toContain("- [Untitled](https://a.example/0)");
    expect(markdown.match(/^- \[/gm)).toHaveLength(1_000);
    expect(markdown).toEndWith("… and 500 more.");
  });
});
