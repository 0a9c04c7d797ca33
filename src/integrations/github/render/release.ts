import type { RenderedArtifact } from "@/core/models/artifact";
import { plainLine } from "@/lib/clean-text";
import { inlineText } from "@/lib/markdown-text";
import { plainGfm } from "@/lib/plain-gfm";
import { tidyMarkdown } from "@/lib/tidy-markdown";
import { toIso } from "@/lib/time";
import { type ReleaseItem, releaseKey } from "../models/items";
import { nameOf } from "./conversation";

/** One release: facts, notes, names of its files. */
export function renderRelease(item: ReleaseItem): RenderedArtifact {
  const { repository, release } = item;
  const date = toIso(release.published_at ?? release.created_at);
  const name = plainLine(release.name ?? "", 300);
  const tag = plainLine(release.tag_name, 200);
  const kind =
    release.draft === true ? "Draft of release" : release.prerelease === true ? "Pre-release" : "Release";
  const facts = [
    `${kind} ${inlineText(tag)} of ${inlineText(repository.full_name)}`,
    `by ${nameOf(release.author)}${date === undefined ? "" : ` on ${date.slice(0, 10)}`}`,
    release.assets.length === 0
      ? ""
      : `files: ${release.assets.map((asset) => inlineText(plainLine(asset.name, 200))).join(", ")}`,
  ];
  const blocks = [
    facts.filter((fact) => fact !== "").join(" · "),
    plainGfm(release.body ?? "") || "(no notes)",
  ];
  return {
    integrationArtifactId: releaseKey(item),
    kind: "document",
    title: `${name === "" || name === tag ? tag : `${name} ${tag}`} (${repository.full_name})`,
    markdown: tidyMarkdown(blocks.join("\n\n")),
    url: release.html_url ?? undefined,
    author: release.author?.login,
    artifactDate: date,
    metadata: { repository: repository.full_name, tag, kind: "release" },
  };
}
