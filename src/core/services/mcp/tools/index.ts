import type { McpTool } from "../tool";
import { fetchArtifact } from "./fetch";
import { getDataSourceContext } from "./get-data-source-context";
import { getIntegrationSources } from "./get-integration-sources";
import { getMdArtifactById } from "./get-md-artifact-by-id";
import { getSyncStatus } from "./get-sync-status";
import { runSqlQuery } from "./run-sql-query";
import { search } from "./search";
import { semanticSearch } from "./semantic-search";
import { syncSource } from "./sync-source";

/** Every tool, in the order in which clients see them. The order is part of the answer: it never varies. */
export const tools: readonly McpTool[] = [
  semanticSearch,
  getMdArtifactById,
  getIntegrationSources,
  getDataSourceContext,
  runSqlQuery,
  syncSource,
  getSyncStatus,
  search,
  fetchArtifact,
];
