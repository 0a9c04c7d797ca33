/** Short messages: seen as toasts, heard through live regions. What comes in a burst is said once, together. */
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { Button } from "./button";
import { Icon } from "./icons";

interface Notice {
  id: number;
  text: string;
  tone: NoticeTone;
}

/** Good news, news that are neither, and failures. */
type NoticeTone = "ok" | "calm" | "bad";

const looks = {
  ok: { icon: "check", className: "mt-1 text-accent" },
  calm: { icon: "clock", className: "mt-1 text-muted" },
  bad: { icon: "alert", className: "mt-1 text-bad" },
} as const;

export interface Notices {
  /** Shows a toast and says it. Failures stay until they are closed. */
  notify: (text: string, tone?: NoticeTone) => void;
  /** Says a text to screen readers only, e.g. how far a sync is. */
  announce: (text: string) => void;
}

const NoticesContext = createContext<Notices>({ notify: () => {}, announce: () => {} });

/** The way to tell people something that happened. */
export function useNotices(): Notices {
  return use(NoticesContext);
}

/** Collects texts for half a second and then puts them into the live region at once. */
function useAnnouncer(): [string, (text: string) => void] {
  const [said, setSaid] = useState("");
  const waiting = useRef<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const announce = useCallback((text: string) => {
    waiting.current.push(text);
    timer.current ??= setTimeout(() => {
      setSaid([...new Set(waiting.current)].join(" "));
      waiting.current = [];
      timer.current = undefined;
    }, 500);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return [said, announce];
}

/** So many messages are shown at once. */
const most = 4;

/** What stays when a message comes: not the same text once more, and of too many, good news goes before failures. */
function withRoom(all: readonly Notice[], text: string): readonly Notice[] {
  const others = all.filter((one) => one.text !== text);
  if (others.length < most) return others;
  const gone = others.find(({ tone }) => tone !== "bad") ?? others[0];
  return others.filter((one) => one !== gone);
}

function Toast({ notice, close }: { notice: Notice; close: () => void }) {
  useEffect(() => {
    if (notice.tone === "bad") return undefined;
    const timer = setTimeout(close, 6000);
    return () => clearTimeout(timer);
  }, [notice.tone, close]);
  return (
    <li className="flex items-start gap-2 rounded-lg border border-line bg-surface p-3 shadow-card">
      <Icon name={looks[notice.tone].icon} className={looks[notice.tone].className} />
      <span className="min-w-0 flex-1" dir="auto">
        {notice.text}
      </span>
      <Button look="quiet" icon="close" className="-my-1 px-2" aria-label="Close message" onClick={close} />
    </li>
  );
}

export function NoticesProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const [said, announce] = useAnnouncer();
  const next = useRef(0);
  const close = useCallback((id: number) => setNotices((all) => all.filter((one) => one.id !== id)), []);
  const notify = useCallback(
    (text: string, tone: NoticeTone = "ok") => {
      const id = (next.current += 1);
      setNotices((all) => [...withRoom(all, text), { id, text, tone }]);
      announce(text);
    },
    [announce],
  );
  const value = useMemo(() => ({ notify, announce }), [notify, announce]);
  return (
    <NoticesContext value={value}>
      {children}
      {/* Said outright, since open menus hide from screen readers all that does not say so. */}
      <output aria-live="polite" className="sr-only">
        {said}
      </output>
      {notices.length === 0 ? null : (
        <ul aria-label="Messages" className="fixed inset-x-4 bottom-4 z-10 ms-auto max-w-sm space-y-2">
          {notices.map((notice) => (
            <ToastItem key={notice.id} notice={notice} close={close} />
          ))}
        </ul>
      )}
    </NoticesContext>
  );
}

function ToastItem({ notice, close }: { notice: Notice; close: (id: number) => void }) {
  const { id } = notice;
  const closeThis = useCallback(() => close(id), [close, id]);
  return <Toast notice={notice} close={closeThis} />;
}
