import { ArtifactPage } from "./artifact/artifact-page";
import { Link, routeOf, useLocation, type Route } from "./router";
import { RunsPage } from "./runs/runs-page";
import { SearchPage } from "./search/search-page";
import { Shell } from "./shell";
import { SourcesPage } from "./sources/sources-page";
import { Boundary } from "./ui/boundary";
import { Page } from "./ui/page";
import { Empty } from "./ui/states";

function Missing() {
  return (
    <Page title="No such page">
      <Empty title="There is nothing at this address">
        <p>
          Go to the{" "}
          <Link className="text-link" href="/">
            sources
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
    case "sources":
      return <SourcesPage />;
    case "search":
      return <SearchPage />;
    case "artifact":
      return <ArtifactPage key={route.id} id={route.id} />;
    case "runs":
      return <RunsPage />;
    case "missing":
    default:
      return <Missing />;
  }
}

/** The page: the view that its address names. */
export function App() {
  const route = routeOf(useLocation().pathname);
  return (
    <Shell view={route.view}>
      <Boundary key={route.view}>
        <View route={route} />
      </Boundary>
    </Shell>
  );
}
