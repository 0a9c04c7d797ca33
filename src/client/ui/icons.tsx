/** The page's own small icons, drawn on a 16-unit grid. Decorative: a text always stands beside them. */
const paths = {
  check: "M3.5 8.5l3 3 6-7",
  alert: "M8 2.5l6 11H2zM8 7v3M8 11.7v.3",
  sync: "M13 6.5A5.2 5.2 0 003.6 5M3 9.5a5.2 5.2 0 009.4 1.5M3.4 2.2V5h2.8M12.6 13.8V11H9.8",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  plug: "M6 2.5v3M10 2.5v3M4 5.5h8v2a4 4 0 01-8 0zM8 11.5v2.5",
  search: "M7 12A5 5 0 107 2a5 5 0 000 10zM10.7 10.7l3.3 3.3",
  copy: "M6 6h7v7H6zM10 6V3H3v7h3",
  close: "M4 4l8 8M12 4l-8 8",
  sun: "M8 10.8a2.8 2.8 0 100-5.6 2.8 2.8 0 000 5.6zM8 1.5V3M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1",
  moon: "M13 9.8A5.6 5.6 0 016.2 3a5.6 5.6 0 106.8 6.8z",
  screen: "M2 3h12v8H2zM6 13.5h4",
  out: "M6.5 3.5H3v9.5h9.5V9.5M9 2.5h4.5V7M13.2 2.8L7.5 8.5",
  back: "M9.5 3.5L5 8l4.5 4.5",
  box: "M3 3h10v10H3z",
  boxDone: "M3 3h10v10H3zM5.5 8.200l1.900 1.900 3.300-4",
  grid: "M2.5 2.500h4.500v4.500h-4.500zM9 2.500h4.500v4.500h-4.500zM2.500 9h4.500v4.500h-4.500zM9 9h4.500v4.500h-4.500z",
  file: "M4 2h5l3.500 3.500V14H4zM9 2v3.500h3.500M6.500 8.500h3.500M6.500 11h3.500",
  terminal: "M2 3h12v10H2zM4.500 6l2 2-2 2M8.500 10h3",
  sliders: "M3 4.500h6M12 4.500h1M3 11.500h1M7 11.500h6M10.500 3v3M5.500 10v3",
  menu: "M2.500 4.500h11M2.500 8h11M2.500 11.500h11",
  more: "M3.500 8h.01M8 8h.01M12.500 8h.01",
  play: "M5 3l8 5-8 5z",
  key: "M9.500 9a3.500 3.500 0 10-3-1.700L2.500 11.500v2H5v-1.500h1.500v-1.500h1.500L8.300 8.800",
  help: "M6 6a2 2 0 113 1.700c-.7.400-1 .8-1 1.600M8 11.700v.01M8 14A6 6 0 108 2a6 6 0 000 12z",
  trash: "M3 4.500h10M6.500 4.500V3h3v1.500M4.500 4.500l.7 8.500h5.600l.7-8.500",
  down: "M8 3v8M4.500 8L8 11.500 11.500 8M3 13.500h10",
  user: "M8 8a2.700 2.700 0 100-5.400A2.700 2.700 0 008 8zM3 13.500c.6-2.500 2.600-3.700 5-3.700s4.400 1.200 5 3.700",
  heart: "M1.500 8h3l1.500-4 3 8 1.700-4h3.800",
  chevron: "M6 3.5L10.5 8 6 12.5",
  star: "M8 2.200l1.800 3.700 4 .6-2.900 2.800.7 4L8 11.400l-3.600 1.900.7-4L2.200 6.500l4-.6z",
  clock: "M8 14A6 6 0 108 2a6 6 0 000 12zM8 5v3.3l2 1.4",
} as const;
export type IconName = keyof typeof paths;

export function Icon({ name, className = "" }: { name: IconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className={`size-4 shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
