/** What is to be read of the fake's items, and under which keys. */
import type { ExpectedArtifact } from "../fake";
import type { FakeRelease, FakeRepository, FakeSaid, FakeThread } from "./types";
import { type GithubWorld } from "./world";

export const nameOf = ({ owner, name }: FakeRepository) => `${owner}/${name}`;
export const releaseKey = ({ repositoryId, id }: FakeRelease) => `github:${repositoryId}:release:${id}`;

export function threadKey({ repositoryId, kind, number }: FakeThread): string {
  return `github:${repositoryId}:${kind === "discussion" ? "discussion" : "issue"}:${number}`;
}

/** Everything that was said in a thread. */
export function saidIn({ comments, reviews, lineThreads }: FakeThread): FakeSaid[] {
  return [
    ...comments.flatMap(({ replies, ...one }) => [one, ...replies]),
    ...reviews,
    ...lineThreads.flatMap((one) => one.comments),
  ];
}

export function expectedArtifacts(world: GithubWorld): ReadonlyMap<string, ExpectedArtifact> {
  const expected = new Map<string, ExpectedArtifact>();
  for (const one of world.repositories) expected.set(`github:${one.id}`, { title: nameOf(one), needles: [] });
  for (const one of world.threads)
    expected.set(threadKey(one), {
      title: `${one.title} (${nameOf(world.repositoryOf(one))}#${one.number})`,
      needles: [
        one.body,
        ...saidIn(one).map(({ body }) => body),
        ...one.commits.map(({ headline }) => headline),
      ],
    });
  for (const one of world.releases) {
    const name = one.name === "" ? one.tag : `${one.name} ${one.tag}`;
    expected.set(releaseKey(one), {
      title: `${name} (${nameOf(world.repositoryOf(one))})`,
      needles: [one.body],
    });
  }
  for (const { repository, path } of world.documents()) {
    const [heading = "", , body = ""] = (repository.files.get(path) ?? "").split("\n");
    const title = `${heading.replace("# ", "")} (${nameOf(repository)}: ${path})`;
    expected.set(`github:${repository.id}:file:${path}`, { title, needles: [body] });
  }
  for (const { repository, path, text } of world.wikiPages()) {
    const title = `${path.replace(".md", "").replaceAll("-", " ")} (${nameOf(repository)}, wiki)`;
    expected.set(`github:${repository.id}:wiki:${path}`, { title, needles: [text.trim()] });
  }
  return expected;
}
