import { describe, expect, test } from "bun:test";
import { detailsSchema, discussionSchema } from "../models/graphql";
import { issueSchema, releaseSchema, repositorySchema } from "../models/rest";
import { renderDiscussion, discussionRows } from "./discussion";
import { renderIssue } from "./issue";
import { renderRelease } from "./release";

const repository = repositorySchema.parse({ id: 7, full_name: "harbour-works/cranes" });
const at = (minute: number) => `2026-03-01T10:${String(minute).padStart(2, "0")}:00Z`;
const said = (id: string, body: string, minute: number, more: Record<string, unknown> = {}) => ({
  id,
  body,
  author: { login: "ada" },
  createdAt: at(minute),
  ...more,
});
const nodes = (...all: unknown[]) => ({ nodes: all, totalCount: all.length });

function issueOf(fields: Record<string, unknown>, details: Record<string, unknown> = {}) {
  const issue = issueSchema.parse({
    id: 1,
    node_id: "I_1",
    number: 12,
    title: "Crane stops",
    state: "open",
    ...fields,
  });
  return renderIssue({ repository, issue }, detailsSchema.parse({ id: "I_1", ...details }));
}

describe("an issue", () => {
  test("tells its facts on one line, each only where it is known, and nothing in them acts as markup", () => {
    const { markdown, title, metadata } = issueOf({
      title: "Crane *stops*\nat night",
      state: "closed",
      state_reason: "not_planned",
      user: { login: "a_b" },
      created_at: at(0),
      closed_at: "2026-03-05T00:00:00Z",
      labels: [{ name: "bug" }, { name: "a|b" }, "old"],
      assignees: [{ login: "bo" }],
      milestone: { title: "Dry <b>dock</b>" },
      body: "It\r\nstops.",
    });
    expect(title).toBe("Crane *stops* at night (harbour-works/cranes#12)");
    const [facts] = markdown.split("\n");
    expect(facts).toStartWith(
      "Issue #12 of harbour-works/cranes · closed (not planned) · opened by a_b on 2026-03-01 · closed on 2026-03-05 · labels: bug, a|b, old",
    );
    expect(facts).toEndWith("assigned to bo · milestone: Dry \\<b>dock\\</b>");
    expect(metadata).toMatchObject({ kind: "issue", state: "closed", number: 12 });
    expect(issueOf({ title: null, body: null }).markdown).toContain("(no description)");
    expect(issueOf({ title: " " }).title).toBe("Untitled (harbour-works/cranes#12)");
  });

  test("leaves out the words of spam and abuse, and says of other hidden comments as what they were hidden", () => {
    const folded = (reason: string) => ({ isMinimized: true, minimizedReason: reason });
    const { markdown } = issueOf(
      {},
      {
        comments: nodes(
          said("c1", "Buy stones at stones.example", 1, folded("spam")),
          said("c2", "It was the old winch.", 2, folded("outdated")),
          said("c3", "It is the new winch.", 3, { isMinimized: false, minimizedReason: null }),
        ),
      },
    );
    expect(markdown).not.toContain("stones.example");
    expect(markdown).toContain("**ada** (2026-03-01 10:01, hidden as spam)");
    expect(markdown).toContain("**ada** (2026-03-01 10:02, hidden as outdated):\n\nIt was the old winch.");
    expect(markdown).toContain("**ada** (2026-03-01 10:03):\n\nIt is the new winch.");
  });

  test("has its conversation in the order of time, whatever list a part stood in", () => {
    const { markdown } = issueOf(
      { pull_request: {} },
      {
        comments: nodes(said("c1", "third", 3), said("c2", "first", 1)),
        reviews: nodes(
          said("r1", "second", 2, { state: "CHANGES_REQUESTED" }),
          said("r2", "", 4, { state: "COMMENTED" }),
          said("r3", "", 5, { state: "APPROVED", author: null }),
        ),
        reviewThreads: nodes({
          id: "t1",
          path: "src/`hoist`.ts",
          line: 4,
          isResolved: true,
          comments: { nodes: [said("l1", "why?", 6), said("l2", "so.", 7)], totalCount: 5 },
        }),
      },
    );
    const conversation = markdown.slice(markdown.indexOf("## Conversation"));
    expect(conversation).toBe(
      [
        "## Conversation",
        "**ada** (2026-03-01 10:01):\n\nfirst",
        "**ada** (2026-03-01 10:02, asks for changes):\n\nsecond",
        "**ada** (2026-03-01 10:03):\n\nthird",
        "**ghost** (2026-03-01 10:05, approved)",
        "**On `src/hoist.ts:4`** (resolved)\n\n**ada** (2026-03-01 10:06):\n\nwhy?\n\n**ada** (2026-03-01 10:07):\n\nso.\n\n(3 more answers at GitHub)",
      ].join("\n\n"),
    );
  });

  test("says of somebody without a time only who it was", () => {
    const { markdown } = issueOf({}, { comments: nodes(said("c1", "when?", 1, { createdAt: "never" })) });
    expect(markdown).toEndWith("**ada**:\n\nwhen?");
  });
});

describe("a pull request", () => {
  test("is a draft, open, closed or merged, by what GitHub says of it", () => {
    const state = (fields: Record<string, unknown>) =>
      issueOf({ pull_request: {}, ...fields }).metadata?.["state"];
    expect(state({ draft: true })).toBe("draft");
    expect(state({ draft: true, state: "closed" })).toBe("closed");
    expect(state({ state: "closed", pull_request: { merged_at: at(1) } })).toBe("merged");
    expect(state({ state: "closed", pull_request: undefined, base: {}, merged_at: at(1) })).toBe("merged");
  });

  test("tells what it changes, closes and holds", () => {
    const { markdown } = issueOf(
      { pull_request: {}, body: "Does it." },
      {
        additions: 5,
        changedFiles: 2,
        headRefName: "fix/`x`",
        baseRefName: "main",
        reviewDecision: "REVIEW_REQUIRED",
        mergedBy: { login: "bo" },
        commits: nodes({
          commit: { oid: "0123456789abcdef", messageHeadline: "Stop *it*", author: { name: "Bo L" } },
        }),
        closingIssuesReferences: nodes({
          number: 3,
          title: "Stops",
          repository: { nameWithOwner: "harbour-works/yard" },
        }),
      },
    );
    expect(markdown).toContain(
      "from `fix/x` into `main` · 2 files, +5 −0 · reviews: review required · merged by bo",
    );
    expect(markdown).toContain("Closes:\n\n- harbour-works/yard#3 Stops");
    expect(markdown).toContain("## Commits\n\n- `0123456` Stop \\*it\\* (Bo L)");
  });
});

describe("a discussion", () => {
  const discussion = discussionSchema.parse({
    id: "D_1",
    number: 4,
    title: "How to grease?",
    body: "<!-- template -->How?",
    author: null,
    createdAt: at(0),
    isAnswered: true,
    category: { name: "Q&A" },
    labels: nodes({ name: "gear" }),
    comments: nodes(
      {
        ...said("a1", "With oil.", 2),
        isAnswer: true,
        replies: { ...nodes(said("b1", "Which?", 3)), totalCount: 60 },
      },
      { ...said("a2", "With care.", 1), replies: nodes() },
    ),
  });

  test("shows its answers by time with their replies, and how many more there are", () => {
    const { markdown, metadata } = renderDiscussion({ repository, discussion });
    expect(markdown).toStartWith(
      "Discussion #4 of harbour-works/cranes · answered · in Q&A · by ghost on 2026-03-01 · labels: gear",
    );
    expect(markdown).not.toContain("template");
    expect(markdown.slice(markdown.indexOf("## Answers"))).toBe(
      "## Answers\n\n**ada** (2026-03-01 10:01):\n\nWith care.\n\n**ada** (2026-03-01 10:02, the answer):\n\nWith oil.\n\n**ada** (2026-03-01 10:03, reply):\n\nWhich?\n\n(59 more replies at GitHub)",
    );
    expect(metadata).toMatchObject({ state: "answered", kind: "discussion" });
  });

  test("leaves rows for itself, its labels, answers and replies", () => {
    const rows = discussionRows("me", { repository, discussion });
    expect(rows.thread).toMatchObject({ kind: "discussion", comments: 3, author: null, category: "Q&A" });
    expect(rows.labels).toMatchObject([{ label: "gear", threadId: "github:7:discussion:4" }]);
    expect(rows.comments.map(({ kind }) => kind)).toEqual(["comment", "reply", "comment"]);
  });
});

describe("a release", () => {
  const released = (fields: Record<string, unknown>) =>
    renderRelease({ repository, release: releaseSchema.parse({ id: 5, tag_name: "v1.2", ...fields }) });

  test("is titled by its name and tag, and says whether it is a draft or a trial", () => {
    expect(released({ name: "v1.2" }).title).toBe("v1.2 (harbour-works/cranes)");
    expect(released({ name: "Spring tide" }).title).toBe("Spring tide v1.2 (harbour-works/cranes)");
    expect(released({ prerelease: true }).markdown).toStartWith("Pre-release v1.2 of");
    expect(released({ draft: true, prerelease: true }).markdown).toStartWith("Draft of release v1.2");
  });

  test("names its files and has the day of its publication, else of its making", () => {
    const { markdown, artifactDate } = released({
      created_at: at(0),
      published_at: "2026-04-02T00:00:00Z",
      assets: [{ name: "crane_1.2.zip" }],
      author: { login: "bo" },
    });
    expect(markdown).toBe(
      "Release v1.2 of harbour-works/cranes · by bo on 2026-04-02 · files: crane_1.2.zip\n\n(no notes)",
    );
    expect(artifactDate).toBe("2026-04-02T00:00:00.000Z");
    expect(released({ created_at: at(0) }).artifactDate).toBe("2026-03-01T10:00:00.000Z");
  });
});
