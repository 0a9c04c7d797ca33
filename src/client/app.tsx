/** The page: the view that its address names, each loaded when it is first gone to. */
import { lazy, Suspense } from "react";
import { pageCode } from "./data/page-code";
import { Link, routeOf, useLocation, type Route } from "./router";
import { Overlays } from "./shell/overlays";
import { Shell } from "./shell/shell";
import { Boundary } from "./ui/boundary";
import { Page } from "./ui/page";
import { Empty, PageBones } from "./ui/states";

const Overview = lazy(async () => ({
  default: (await pageCode(import("./overview/overview-page"))).OverviewPage,
}));
const Sources = lazy(async () => ({
  default: (await pageCode(import("./sources/sources-page"))).SourcesPage,
}));
const Source = lazy(async () => ({ default: (await pageCode(import("./sources/source-page"))).SourcePage }));
const Runs = lazy(async () => ({ default: (await pageCode(import("./runs/runs-page"))).RunsPage }));
const Run = lazy(async () => ({ default: (await pageCode(import("./runs/run-page"))).RunPage }));
const Artifacts = lazy(async () => ({
  default: (await pageCode(import("./artifacts/artifacts-page"))).ArtifactsPage,
}));
const Artifact = lazy(async () => ({
  default: (await pageCode(import("./artifact/artifact-page"))).ArtifactPage,
}));
const Search = lazy(async () => ({ default: (await pageCode(import("./search/search-page"))).SearchPage }));
const Agents = lazy(async () => ({ default: (await pageCode(import("./agents/agents-page"))).AgentsPage }));
const Settings = lazy(async () => ({
  default: (await pageCode(import("./settings/settings-page"))).SettingsPage,
}));

function Missing() {
  return (
    <Page title="No such page">
      <Empty title="There is nothing at this address">
        <p>
          Go to the{" "}
          <Link className="text-link" href="/">
            overview
          </Link>{" "}
          or to the{" "}
          <Link className="text-link" href="/search">
            search
          </Link>
          .
        </p>
      </Empty>
    </Page>
  );
}

function View({ route }: { route: Route }) {
  switch (route.view) {
    case "overview":
      return <Overview />;
    case "sources":
      return <Sources />;
    case "source":
      return <Source key={route.id} name={route.id} />;
    case "runs":
      return <Runs />;
    case "run":
      return <Run key={route.id} id={route.id} />;
    case "artifacts":
      return <Artifacts />;
    case "artifact":
      return <Artifact key={route.id} id={route.id} />;
    case "search":
      return <Search />;
    case "agents":
      return <Agents />;
    case "settings":
      return <Settings section={"id" in route ? route.id : "general"} />;
    case "missing":
    default:
      return <Missing />;
  }
}

export function App() {
  const { pathname, searchParams } = useLocation();
  const route = routeOf(pathname, searchParams);
  return (
    <Shell view={route.view}>
      <Boundary view key={"id" in route ? `${route.view} ${route.id}` : route.view}>
        <Suspense fallback={<PageBones />}>
          <View route={route} />
        </Suspense>
      </Boundary>
      <Overlays />
    </Shell>
  );
}
