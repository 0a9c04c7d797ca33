import type { Page, Stream } from "./stream";

/** Keys of a page's notices: what it says of items without giving them. */
export function noticeKeys({ failures, skipped, removed, pending }: Page<unknown>): string[] {
  const notices: { key: string }[] = [
    ...(failures ?? []),
    ...(skipped ?? []),
    ...(removed ?? []),
    ...(pending ?? []),
  ];
  return notices.map((notice) => notice.key);
}

/** Keys of everything a page speaks of. */
export function keysOf<Item>(stream: Stream<Item>, page: Page<Item>): string[] {
  return [...page.items.map((item) => stream.key(item)), ...noticeKeys(page)];
}
