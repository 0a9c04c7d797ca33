/** Rows of a long list in a box of its own that scrolls; only those in sight are drawn. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import { moveAmongRows } from "./row-keys";
import { remInPixels } from "./use-media";

type Room = "little" | "some" | "much";

/**
 * How much room a box has, in words, which columns go by, and the pixels of a rem. Media queries of the box itself would
 * be asked on every scroll.
 */
function useRoom(box: RefObject<HTMLElement | null>): { room: Room; rem: number } {
  const [room, setRoom] = useState<Room>("much");
  const [rem, setRem] = useState(remInPixels);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const look = () => {
      const pixels = remInPixels();
      const wide = element.clientWidth / pixels;
      setRem(pixels);
      setRoom(wide < 30 ? "little" : wide < 56 ? "some" : "much");
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return { room, rem };
}

interface Props {
  /** Name of the table. */
  label: string;
  /** Class that sets the grid columns that head and rows share. */
  columns: string;
  /** The head's cells. */
  head: ReactNode;
  total: number;
  /** Of one row, in rem. */
  height: number;
  /** The same where there is little room, if rows have two lines there. */
  littleHeight?: number;
  /** The cells of the row at a place. */
  renderRow: (index: number) => ReactNode;
  /** Told which places are in sight. */
  show: (first: number, last: number) => void;
  /** Whether the row at a place stands out as the one that is open. */
  current?: (index: number) => boolean;
}

/** Which rows, of a height in pixels, are drawn and where, for how far the box is scrolled; tells `show` when that changes. */
function useRowsInSight(
  box: RefObject<HTMLElement | null>,
  { total, height, show }: Pick<Props, "total" | "height" | "show">,
) {
  // What it gives changes with every scroll, and nothing here keeps it.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 5,
  });
  const { measure } = rows;
  useEffect(() => measure(), [height, measure]);
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (total > 0) show(first, last);
  }, [first, last, total, show]);
  return { items, fullHeight: rows.getTotalSize() };
}

/** The table in its box; arrows, `j` and `k` move from row to row. */
export function VirtualRows({
  label,
  columns,
  head,
  total,
  height: usual,
  littleHeight = usual,
  renderRow,
  show,
  current,
}: Props) {
  const box = useRef<HTMLElement>(null);
  const { room, rem } = useRoom(box);
  const height = (room === "little" ? littleHeight : usual) * rem;
  const { items, fullHeight } = useRowsInSight(box, { total, height, show });
  return (
    // Keys move among its rows, which are links.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={box}
      // It scrolls, so keyboards have to reach it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={label}
      className="virtual-box"
      data-room={room}
      onKeyDown={moveAmongRows}
    >
      <table aria-rowcount={total + 1}>
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr aria-rowindex={1} className={`virtual-row ${columns}`}>
            {head}
          </tr>
        </thead>
        <tbody style={{ height: fullHeight }}>
          {items.map((item) => (
            <tr
              key={item.key}
              aria-rowindex={item.index + 2}
              className={`virtual-row ${columns} ${current?.(item.index) === true ? "current" : ""}`}
              style={{ height, transform: `translateY(${item.start}px)` }}
            >
              {renderRow(item.index)}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
