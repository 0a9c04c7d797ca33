import { Markdown } from "@/client/ui/markdown";
import { Empty } from "@/client/ui/states";
import type { Artifact } from "@/core/models/api";
import type { LineRange } from "./lines";
import { Passages } from "./passages";
import { Raw } from "./raw";
import { withoutTitle } from "./reading-text";
import { Tabs, type Tab } from "@/client/ui/tabs";

/** Longer texts open as plain text first: laying out their markdown would hold the browser up. */
const longText = 300_000;

/** An artifact's text, read, raw and in passages; `lines` are marked in it, and `more` stands beside these. */
export function Content({
  artifact,
  lines,
  more = [],
}: {
  artifact: Artifact;
  lines?: LineRange | undefined;
  more?: readonly Tab[];
}) {
  const { markdown } = artifact;
  const { text, linesGone } = withoutTitle(markdown, artifact.title);
  const found = lines && { start: lines.start - linesGone, end: lines.end - linesGone };
  if (markdown.trim() === "") {
    return (
      <Empty title="This artifact has no text">
        <p>The source gave a title and details only. They are listed beside or below.</p>
      </Empty>
    );
  }
  return (
    <Tabs
      label="Ways to read"
      first={markdown.length > longText ? 1 : 0}
      tabs={[
        { name: "Read", panel: <Markdown text={text} lines={found} /> },
        { name: "Raw markdown", panel: <Raw markdown={markdown} lines={lines} /> },
        { name: "Passages", panel: <Passages id={artifact.id} /> },
        ...more,
      ]}
    />
  );
}
