/** The part of Linear's schema that has to do with reading (checked against the types of @linear/sdk 98). */
import { buildSchema } from "graphql";

const filterOf = (name: string, fields: string) =>
  `input ${name}Filter { and: [${name}Filter!] or: [${name}Filter!] ${fields} }
   input ${name}CollectionFilter { some: ${name}Filter every: ${name}Filter }
   input Nullable${name}Filter { null: Boolean and: [Nullable${name}Filter!] or: [Nullable${name}Filter!] ${fields} }`;

const connectionOf = (name: string) => `type ${name}Connection { nodes: [${name}!]! pageInfo: PageInfo! }`;

const page = "first: Int, after: String, includeArchived: Boolean, orderBy: PaginationOrderBy";
const listed = [
  "Issue",
  "Project",
  "Document",
  "Initiative",
  "Comment",
  "Attachment",
  "IssueRelation",
  "IssueLabel",
  "ProjectLabel",
  "Team",
  "ProjectMilestone",
  "EntityExternalLink",
  "ProjectUpdate",
  "InitiativeUpdate",
];
const times = "id: ID! url: String! createdAt: DateTime! updatedAt: DateTime! archivedAt: DateTime";
const update = (of: string) =>
  `type ${of}Update { id: ID! body: String! health: String! createdAt: DateTime! updatedAt: DateTime! user: User! }`;

export const linearSchema = buildSchema(`
scalar DateTime
scalar DateTimeOrDuration
scalar TimelessDate
enum PaginationOrderBy { createdAt updatedAt }
type PageInfo { hasNextPage: Boolean! endCursor: String }
input DateComparator { gte: DateTimeOrDuration gt: DateTimeOrDuration lt: DateTimeOrDuration }
input StringComparator { eq: String in: [String!] }
${filterOf("Team", "key: StringComparator name: StringComparator")}
${filterOf("Comment", "updatedAt: DateComparator")}
${filterOf("Attachment", "updatedAt: DateComparator")}
${filterOf("ProjectUpdates", "updatedAt: DateComparator")}
${filterOf("InitiativeUpdates", "updatedAt: DateComparator")}
${filterOf("Issue", "updatedAt: DateComparator team: TeamFilter comments: CommentCollectionFilter attachments: AttachmentCollectionFilter children: IssueCollectionFilter")}
${filterOf("Project", "updatedAt: DateComparator accessibleTeams: TeamCollectionFilter projectUpdates: ProjectUpdatesCollectionFilter")}
${filterOf("Initiative", "updatedAt: DateComparator teams: TeamCollectionFilter initiativeUpdates: InitiativeUpdatesCollectionFilter")}
${filterOf("Document", "updatedAt: DateComparator team: NullableTeamFilter issue: IssueFilter project: ProjectFilter initiative: InitiativeFilter")}
${listed.map(connectionOf).join("\n")}
type User { id: ID! name: String! displayName: String! }
type ActorBot { name: String }
type ExternalUser { name: String! }
type Organization { id: ID! name: String! }
type Team { id: ID! key: String! name: String! }
type WorkflowState { id: ID! name: String! type: String! }
type ProjectStatus { name: String! type: String! }
type Cycle { id: ID! number: Float! name: String }
type IssueLabel { name: String! }
type ProjectLabel { name: String! }
type ProjectMilestone { name: String! targetDate: TimelessDate }
type EntityExternalLink { label: String! url: String! }
type Attachment { id: ID! title: String! subtitle: String url: String! updatedAt: DateTime! }
type IssueRelation { id: ID! type: String! issue: Issue! relatedIssue: Issue! }
type Comment { id: ID! body: String! quotedText: String createdAt: DateTime! updatedAt: DateTime! parentId: String user: User botActor: ActorBot externalUser: ExternalUser }
${update("Project")}
${update("Initiative")}
type Issue { ${times} identifier: String! title: String! description: String trashed: Boolean priorityLabel: String! estimate: Float
  dueDate: TimelessDate startedAt: DateTime completedAt: DateTime canceledAt: DateTime state: WorkflowState! team: Team! assignee: User
  creator: User project: Project projectMilestone: ProjectMilestone cycle: Cycle parent: Issue labels(${page}): IssueLabelConnection!
  children(${page}): IssueConnection! relations(${page}): IssueRelationConnection! inverseRelations(${page}): IssueRelationConnection!
  attachments(${page}): AttachmentConnection! comments(${page}): CommentConnection! }
type Project { ${times} name: String! description: String! content: String trashed: Boolean priorityLabel: String! progress: Float! health: String
  startDate: TimelessDate targetDate: TimelessDate startedAt: DateTime completedAt: DateTime canceledAt: DateTime status: ProjectStatus! lead: User
  creator: User labels(${page}): ProjectLabelConnection! teams(${page}): TeamConnection! initiatives(${page}): InitiativeConnection!
  projectMilestones(${page}): ProjectMilestoneConnection! externalLinks(${page}): EntityExternalLinkConnection!
  projectUpdates(${page}): ProjectUpdateConnection! comments(${page}): CommentConnection! }
type Document { ${times} title: String! content: String trashed: Boolean creator: User project: Project initiative: Initiative issue: Issue team: Team
  comments(${page}): CommentConnection! }
type Initiative { ${times} name: String! description: String content: String trashed: Boolean status: String! health: String targetDate: TimelessDate
  startedAt: DateTime completedAt: DateTime owner: User creator: User projects(${page}): ProjectConnection!
  initiativeUpdates(${page}): InitiativeUpdateConnection! }
type Query {
  viewer: User!
  organization: Organization!
  teams(${page}): TeamConnection!
  issues(${page}, filter: IssueFilter): IssueConnection!
  projects(${page}, filter: ProjectFilter): ProjectConnection!
  documents(${page}, filter: DocumentFilter): DocumentConnection!
  initiatives(${page}, filter: InitiativeFilter): InitiativeConnection!
  issue(id: String!): Issue!
  project(id: String!): Project!
  document(id: String!): Document!
  initiative(id: String!): Initiative!
}
`);
