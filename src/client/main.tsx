/** Starts the page. */
import { createRoot } from "react-dom/client";
import { z } from "zod";
import { SessionGate } from "./access/session";
import { ApiProvider, createApi } from "./api";
import { App } from "./app";
import { watchWaysBack } from "./data/coming-back";
import { KeptProvider } from "./data/kept";
import { LiveRunsProvider } from "./data/live-runs";
import { refreshOnReturn } from "./data/refresh-on-return";
import { applyTheme, readTheme } from "./theme";
import { giveLostFocusBack } from "./ui/lost-focus";
import { NoticesProvider } from "./ui/notices";

// The page is served without the right to make code from text, which zod would otherwise try.
z.config({ jitless: true });
applyTheme(readTheme());
refreshOnReturn();
watchWaysBack();
giveLostFocusBack();

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <ApiProvider value={createApi()}>
      <NoticesProvider>
        <SessionGate>
          <LiveRunsProvider>
            <KeptProvider>
              <App />
            </KeptProvider>
          </LiveRunsProvider>
        </SessionGate>
      </NoticesProvider>
    </ApiProvider>,
  );
}
