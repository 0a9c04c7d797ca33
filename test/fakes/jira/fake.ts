/**
 * Jira Cloud's REST API v3, as far as a reader needs it: basic auth, searches by JQL with page tokens, issues in bulk with
 * some of their comments, comments by offset. Shapes and words follow developer.atlassian.com/cloud/jira/platform/rest/v3.
 */
import { z } from "zod";
import type { FakeSource, StartFake } from "../fake";
import { FakeServer, type Reply } from "../fake-server";
import { type FakeIssue, JiraWorld } from "./world";

export interface JiraFake extends FakeSource {
  world: JiraWorld;
  /** A token that is not known makes a visitor of whoever brings it, who sees no issue. */
  letVisitorsIn: () => void;
  /** The site goes on without Jira. */
  cancel: () => void;
  /** Jira says of this issue, when it is asked for in bulk, that it cannot give it now. */
  withhold: (id: string) => void;
}

const EMAIL = "ana@acme.example";
/** Comments that come along with an issue; Jira gives 20. */
const COMMENTS = 3;

export async function startJira({
  seed,
  items,
  clock,
  pageSize: given,
}: Parameters<StartFake>[0]): Promise<JiraFake> {
  const world = new JiraWorld(seed, clock);
  const token = `ATATT3xcanary${seed}J1ra`;
  const pageSize = given ?? (items > 200 ? 1_000 : 5);
  const withheld = new Set<string>();
  let [refusing, visitors, cancelled, generation] = [false, false, false, 0];
  for (let index = 0; index < items; index++) world.create();

  const answer = async (request: Request, url: URL): Promise<Reply> => {
    const path = /^\/rest\/api\/3\/(.+)$/.exec(url.pathname)?.[1] ?? "";
    if (cancelled || path === "") return { status: 404, body: "" };
    const expected = `Basic ${Buffer.from(`${EMAIL}:${token}`).toString("base64")}`;
    const known = !refusing && request.headers.get("authorization") === expected;
    if (!known && (!visitors || path === "myself"))
      return refusal(401, "Client must be authenticated to access this resource.");
    if (path === "myself") return { status: 200, body: { accountId: "712020:0", displayName: "Ana Silva" } };
    const visible = known ? world.visible() : [];
    if (path === "search/jql") {
      const projects = known ? world.projects.map(({ id }) => id) : [];
      return searched(visible, url.searchParams, projects, { most: pageSize, generation });
    }
    if (path === "project/search") return projectPage(known ? world.projects : [], url.searchParams);
    if (path === "issue/bulkfetch") return inBulk(world, visible, await request.json(), withheld);
    const id = /^issue\/(\d+)\/comment$/.exec(path)?.[1];
    const issue = visible.find((one) => one.id === id);
    if (issue === undefined)
      return refusal(404, "Issue does not exist or you do not have permission to see it.");
    return commentPage(issue, url.searchParams);
  };
  const server = new FakeServer({
    clock,
    answer,
    limited: () => ({
      status: 429,
      body: { errorMessages: ["Rate limit exceeded."], errors: {} },
      headers: { "retry-after": "1", "ratelimit-reason": "jira-quota-global-based" },
    }),
    failed: () => refusal(503, "The service is unavailable."),
    broken: () => ({ status: 200, body: { results: [] } }),
  });
  const faults = server.faults();
  return {
    integration: "Jira",
    apiUrls: `jira=${server.url}`,
    credential: {
      integration: "Jira",
      baseUrl: "https://acme.atlassian.net",
      accessKey: EMAIL,
      secretKey: token,
    },
    secrets: [token],
    world,
    letVisitorsIn: () => void (visitors = true),
    cancel: () => void (cancelled = true),
    withhold: (id) => void withheld.add(id),
    faults: {
      ...faults,
      refuseCredential: () => void (refusing = true),
      expireCursors: () => void generation++,
      heal: () => {
        faults.heal();
        [refusing, visitors] = [false, false];
        withheld.clear();
      },
    },
    requests: () => server.log,
    leastRequests: () => least(world, pageSize),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const startFake: StartFake = startJira;

const refusal = (status: number, message: string): Reply => ({
  status,
  body: { errorMessages: [message], errors: {} },
});

/**
 * `project is not EMPTY`, `project is EMPTY` or `project in (…)`, oldest first. A token names the issue after which the
 * listing goes on. A project that is deleted, or out of sight, may not even be named.
 */
function searched(
  visible: readonly FakeIssue[],
  query: URLSearchParams,
  projects: readonly string[],
  { most, generation }: { most: number; generation: number },
): Reply {
  const jql = query.get("jql") ?? "";
  const condition = /^project (is not EMPTY|is EMPTY|in \(\d+(?:, \d+)*\)) ORDER BY created ASC$/.exec(
    jql,
  )?.[1];
  if (condition === undefined) return refusal(400, `Error in the JQL Query: '${jql}'.`);
  const ids = condition === "is not EMPTY" ? projects : (condition.match(/\d+/g) ?? []);
  const unknown = ids.find((id) => !projects.includes(id));
  if (unknown !== undefined)
    return refusal(400, `The value '${unknown}' does not exist for the field 'project'.`);
  const [born, after] = atob(query.get("nextPageToken") ?? btoa(`${generation} 0`))
    .split(" ")
    .map(Number);
  if (born !== generation) return refusal(400, "The provided nextPageToken is invalid or expired.");
  const left = visible
    .filter(({ id, projectId }) => Number(id) > (after ?? 0) && ids.includes(projectId))
    .toSorted((a, b) => Number(a.id) - Number(b.id));
  const page = left.slice(0, Math.min(most, Number(query.get("maxResults") ?? "50")));
  const issues = page.map(({ id, key, updated }) => ({
    id,
    key,
    self: `/rest/api/3/issue/${id}`,
    fields: { updated },
  }));
  // On the last page there is no token at all.
  const more = left.length > page.length;
  const next = more && { nextPageToken: btoa(`${generation} ${page.at(-1)?.id}`) };
  return { status: 200, body: { issues, ...next, isLast: !more } };
}

function inBulk(
  world: JiraWorld,
  visible: readonly FakeIssue[],
  body: unknown,
  withheld: ReadonlySet<string>,
): Reply {
  const schema = z.object({ issueIdsOrKeys: z.array(z.string()).max(100), fields: z.array(z.string()) });
  const { issueIdsOrKeys, fields } = schema.parse(body);
  const asked = visible.filter(({ id }) => issueIdsOrKeys.includes(id));
  const issues = asked
    .filter(({ id }) => !withheld.has(id))
    .map((issue) => {
      const all = Object.entries(fieldsOf(world, issue)).filter(([name]) => fields.includes(name));
      return { id: issue.id, key: issue.key, fields: Object.fromEntries(all) };
    });
  const issueErrors = asked
    .filter(({ id }) => withheld.has(id))
    .map(({ id }) => ({ id, errorMessage: "The issue is too large." }));
  return { status: 200, body: { expand: "names", issues, issueErrors } };
}

const person = (displayName: string) => ({ accountId: `712020:${displayName}`, displayName, active: true });

function fieldsOf({ projects }: JiraWorld, issue: FakeIssue): Record<string, unknown> {
  const { summary, description, created, updated, resolutiondate, status, assignee } = issue;
  const statusCategory = {
    key: status === "Done" ? "done" : "indeterminate",
    name: status === "Done" ? "Done" : "In Progress",
  };
  return {
    ...{ summary, description, created, updated, resolutiondate, duedate: null, labels: ["gate"] },
    project: projects.find(({ id }) => id === issue.projectId),
    issuetype: { name: "Task", subtask: false },
    priority: { name: "High" },
    resolution: status === "Done" ? { name: "Fixed" } : null,
    status: { name: status, statusCategory },
    assignee: assignee === null ? null : person(assignee),
    reporter: person("Ana Silva"),
    components: [],
    fixVersions: [],
    issuelinks: [],
    comment: { comments: issue.comments.slice(0, COMMENTS), total: issue.comments.length, startAt: 0 },
    ...issue.extra,
  };
}

function slice<Entry>(all: readonly Entry[], query: URLSearchParams, most: number) {
  const startAt = Number(query.get("startAt") ?? "0");
  const maxResults = Math.min(most, Number(query.get("maxResults") ?? "50"));
  const part = all.slice(startAt, startAt + maxResults);
  return {
    part,
    rest: { startAt, maxResults, total: all.length, isLast: startAt + part.length >= all.length },
  };
}

function projectPage(projects: JiraWorld["projects"], query: URLSearchParams): Reply {
  const { part, rest } = slice(projects, query, 1);
  return { status: 200, body: { ...rest, values: part } };
}

function commentPage({ comments }: FakeIssue, query: URLSearchParams): Reply {
  const { part, rest } = slice(comments, query, 2);
  return { status: 200, body: { ...rest, comments: part } };
}

/** The listing, whether the token is known, issues in bulk by page of the listing, and comments beyond the first. */
function least(world: JiraWorld, pageSize: number): number {
  const visible = world.visible();
  const pages = Math.max(1, Math.ceil(visible.length / pageSize));
  const inFull = pages * Math.max(1, Math.ceil(Math.min(pageSize, visible.length) / 50));
  const talk = visible.filter(({ comments }) => comments.length > COMMENTS);
  return pages + 1 + inFull + talk.reduce((sum, { comments }) => sum + Math.ceil(comments.length / 2), 0);
}
