import type { RenderedArtifact } from "@/core/models/models";
import { htmlText } from "@/core/services/readers/html-text";
import { plainLine } from "@/lib/clean-text";
import { shownName, shownSize } from "@/lib/file-names";
import { factList, inlineText, lineText, paragraphText } from "@/lib/markdown-text";
import { toIso } from "@/lib/time";
import type { Comment } from "../models/tickets";
import type { TicketItem } from "../sync-steps/ticket-items";
import type { Conversation } from "../tickets-api";
import { withoutFiles } from "./comment-html";

/** The tag of tickets that were closed because they were merged into another one. */
const MERGED = "closed_by_merge";

export const titleOf = ({ subject, id }: Pick<TicketItem, "subject" | "id">) => subject || `Ticket ${id}`;

/** The page of a ticket for those who answer. */
export const addressOf = (id: string, site: string) =>
  site === "" ? undefined : `${site}/agent/tickets/${id}`;

interface Telling {
  /** Whether notes among those who answer are told. */
  notes: boolean;
  /** Origin of the account's pages. */
  site: string;
  signal: AbortSignal;
}

/** A ticket with its facts, then what was said in it, oldest first. */
export async function renderTicket(
  item: TicketItem,
  { comments, people }: Conversation,
  { notes, site, signal }: Telling,
): Promise<RenderedArtifact> {
  const title = titleOf(item);
  const said: string[] = [];
  for (const comment of comments) {
    // What does not say that everybody may read it is taken for a note.
    if (comment.public !== true && !notes) continue;
    const author = people.get(comment.author_id ?? "") ?? item.people[comment.author_id ?? ""];
    said.push(await turnOf(comment, author, signal));
  }
  const facts = [
    factsOf(item),
    ...item.fields.map(({ title: name, value }) => factList({ [inlineText(name)]: value })),
  ];
  const parts = [
    `# ${lineText(title)}`,
    facts.filter((part) => part !== "").join("\n"),
    said.length === 0 ? "" : `## Conversation\n\n${said.join("\n\n")}`,
  ];
  return {
    integrationArtifactId: `zendesk:ticket:${item.id}`,
    kind: "conversation",
    title,
    markdown: parts.filter((part) => part !== "").join("\n\n"),
    url: addressOf(item.id, site),
    author: item.requester,
    artifactDate: item.updatedAt,
  };
}

function factsOf(item: TicketItem): string {
  const { satisfaction, status } = item;
  const merged = item.tags.includes(MERGED) ? ", merged into another ticket" : "";
  const said = satisfaction?.comment ? ` (“${plainLine(satisfaction.comment, 300)}”)` : "";
  return factList({
    Ticket: `#${item.id}`,
    Status: status === undefined ? undefined : `${status}${merged}`,
    Type: item.type,
    Priority: item.priority,
    "Asked by": item.requester,
    Organisation: item.organisation,
    "Assigned to": item.assignee,
    Group: item.group,
    Channel: item.channel,
    "Problem ticket": numbered(item.problem),
    "Goes on from": numbered(item.follows),
    Tags: item.tags.join(", "),
    Satisfaction: satisfaction === undefined ? undefined : `${satisfaction.score}${said}`,
  });
}

const numbered = (id: string | undefined) => (id === undefined ? undefined : `#${id}`);

/** Who said it, when, whether it is a note, then the text and what the files are called. */
async function turnOf(comment: Comment, author: string | undefined, signal: AbortSignal): Promise<string> {
  const at = toIso(comment.created_at);
  const when = at === undefined ? "" : `${at.slice(0, 16).replace("T", " ")} UTC`;
  const marks = [when, comment.public === true ? "" : "internal note"].filter((mark) => mark !== "");
  const head = `**${inlineText(author ?? "Somebody")}**${marks.length === 0 ? "" : ` (${marks.join(", ")})`}:`;
  const html = withoutFiles(comment.html_body ?? "");
  const body =
    (await htmlText(html, { name: "comment", level: 3, signal })) || paragraphText(comment.plain_body ?? "");
  const files = comment.attachments.map(({ file_name: name, size }) =>
    inlineText(`${shownName(name ?? "")}${size ? ` (${shownSize(size)})` : ""}`),
  );
  const attached = files.length === 0 ? "" : `Attached: ${files.join(", ")}`;
  return [head, body, attached].filter((part) => part !== "").join("\n\n");
}
