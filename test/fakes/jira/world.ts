/** A Jira Cloud site as it holds its issues: two projects, issues with text as JSON, comments, links. */
import type { Clock } from "@/core/services/http/clock";
import { createRandom } from "@test/random";
import type { ExpectedArtifact, FakeWorld, Happening } from "../fake";
import { adf, bulk } from "./adf";

export interface FakeIssue {
  id: string;
  key: string;
  projectId: string;
  summary: string;
  description: unknown;
  /** Plain texts that stand in the description. */
  says: string[];
  status: string;
  assignee: string | null;
  created: string;
  updated: string;
  resolutiondate: string | null;
  comments: FakeComment[];
  hidden: boolean;
  extra: Record<string, unknown>;
}

export interface FakeComment {
  id: string;
  author: { accountId: string; displayName: string };
  body: unknown;
  created: string;
  updated: string;
  text: string;
  jsdPublic?: boolean;
  visibility?: { type: "group" | "role"; value: string; identifier: string };
}

const PEOPLE = ["Ana Silva", "Bo Lindqvist", "Cem Aydin"];

export class JiraWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true, hiding: true };
  readonly projects = [
    { id: "10000", key: "DOCK", name: "Dock works", projectTypeKey: "software" },
    { id: "10001", key: "HAR", name: "Harbour & gates", projectTypeKey: "business" },
  ];
  readonly issues = new Map<string, FakeIssue>();
  readonly random;
  private serial = 0;
  private last = 0;

  constructor(
    seed: number,
    private readonly clock: Clock,
  ) {
    this.random = createRandom(seed);
  }

  create = () => {
    const issue = this.add();
    for (let count = this.random.below(4) * 2; count > 0; count--) this.comment(issue);
    return keyOf(issue);
  };
  edit = () => this.touched((issue) => this.write(issue));
  delete = () => {
    const issue = this.any();
    this.issues.delete(issue.id);
    return keyOf(issue);
  };
  hide = () => {
    const issue = this.any();
    issue.hidden = true;
    return keyOf(issue);
  };
  createHuge = () => {
    const { document, line } = bulk();
    return keyOf(this.add({ description: document, says: [line] }));
  };
  createEmpty = () => keyOf(this.add({ description: null, says: [], assignee: null }));
  createUnknown = () => {
    const content = [
      {
        type: "tomorrow",
        attrs: { deep: {} },
        content: [{ type: "paragraph", content: [{ type: "text", text: "Kept." }] }],
      },
    ];
    this.add({
      description: { type: "doc", version: 2, content },
      says: ["Kept."],
      extra: { customfield_10042: { odd: true }, priority: 7, issuetype: null },
    });
  };

  readonly happenings: readonly Happening[] = [
    { name: "comment", seen: true, happen: () => this.touched((issue) => this.comment(issue)) },
    {
      name: "edit or delete a comment",
      seen: true,
      happen: () =>
        this.touched((issue) => {
          const comment = issue.comments[0];
          if (comment === undefined) return;
          if (this.random.below(2) === 0) issue.comments.shift();
          else {
            comment.text = this.sentence();
            comment.body = adf(comment.text);
          }
        }),
    },
    {
      name: "resolve, or open again",
      seen: true,
      happen: () =>
        this.touched((issue) => {
          issue.status = issue.status === "Done" ? "In work" : "Done";
          issue.resolutiondate = issue.status === "Done" ? issue.updated : null;
        }),
    },
    {
      name: "move to the other project",
      seen: true,
      happen: () =>
        this.touched((issue) => {
          const to = this.projects.find(({ id }) => id !== issue.projectId);
          [issue.projectId, issue.key] = [to?.id ?? "", `${to?.key}-${++this.serial}`];
        }),
    },
    {
      name: "give a project another key",
      seen: true,
      happen: () => this.renameProject(this.random.pick(this.projects).id, `YARD${++this.serial}`),
    },
    {
      name: "assign",
      seen: true,
      happen: () => this.touched((issue) => void (issue.assignee = this.random.pick(PEOPLE))),
    },
    {
      name: "let it be seen again",
      seen: true,
      happen: () => {
        const issue = [...this.issues.values()].find(({ hidden }) => hidden);
        if (issue === undefined) return undefined;
        issue.hidden = false;
        return keyOf(issue);
      },
    },
  ];

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    return new Map(
      this.visible().map((issue) => {
        const project = this.projects.find(({ id }) => id === issue.projectId);
        const needles = [
          ...issue.says,
          ...issue.comments.map(({ text }) => text),
          `- Project: ${project?.name}`,
          `- Status: ${issue.status}`,
          ...(issue.assignee === null ? [] : [`- Assigned to: ${issue.assignee}`]),
        ];
        return [keyOf(issue), { title: `${issue.key}: ${issue.summary}`, needles }];
      }),
    );
  }

  /** All its issues are called otherwise from then on, and none of them has changed. */
  renameProject(id: string, key: string): void {
    const project = this.projects.find((one) => one.id === id);
    if (project === undefined) return;
    for (const issue of this.issues.values())
      if (issue.projectId === id) issue.key = issue.key.replace(/^.+(?=-)/, key);
    project.key = key;
  }

  /** With all its issues, for good. */
  deleteProject(id: string): void {
    this.projects.splice(0, this.projects.length, ...this.projects.filter((project) => project.id !== id));
    for (const issue of [...this.issues.values()]) if (issue.projectId === id) this.issues.delete(issue.id);
  }

  visible(): FakeIssue[] {
    return [...this.issues.values()].filter(({ hidden }) => !hidden);
  }

  add(fields: Partial<FakeIssue> = {}): FakeIssue {
    const serial = ++this.serial;
    const project = this.projects[serial % 2];
    const at = this.tick();
    const issue: FakeIssue = {
      id: String(20_000 + serial * 3),
      key: `${project?.key}-${serial}`,
      projectId: project?.id ?? "",
      summary: `Issue ${serial} & more`,
      description: null,
      says: [],
      status: "In work",
      assignee: this.random.pick(PEOPLE),
      created: at,
      updated: at,
      resolutiondate: null,
      comments: [],
      hidden: false,
      extra: {},
      ...fields,
    };
    this.issues.set(issue.id, issue);
    if (fields.description === undefined) this.write(issue);
    return issue;
  }

  comment(issue: FakeIssue, text = this.sentence(), more: Partial<FakeComment> = {}): void {
    const displayName = this.random.pick(PEOPLE);
    const at = this.tick();
    issue.comments.push({
      id: String(++this.serial),
      author: { accountId: `712020:${PEOPLE.indexOf(displayName)}`, displayName },
      body: adf(text),
      created: at,
      updated: at,
      text,
      ...more,
    });
    issue.updated = at;
  }

  private write(issue: FakeIssue): void {
    const [words, code] = [this.sentence(), `if (a < b) ${this.random.below(1e6)}`];
    issue.description = adf(words, code);
    issue.says = [words, code];
  }

  private touched(act: (issue: FakeIssue) => void): string {
    const issue = this.any();
    issue.updated = this.tick();
    act(issue);
    return keyOf(issue);
  }

  private any(): FakeIssue {
    return this.random.pick(this.visible());
  }

  /** As Jira writes times: milliseconds, and a zone without a colon. */
  private tick(): string {
    this.last = Math.max(this.last + 1, Math.floor(this.clock.now()));
    return new Date(this.last).toISOString().replace("Z", "+0000");
  }

  private sentence(): string {
    return `Sentence ${++this.serial} says that number ${this.random.below(1e9)} was painted.`;
  }
}

export const keyOf = ({ id }: Pick<FakeIssue, "id">) => `jira:${id}`;
