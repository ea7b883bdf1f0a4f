import type { JSX } from "preact"

/** Paths of the icons: outlines on a grid of 24 by 24, drawn with a pen of 1.8. */
export const icons = {
  feed: "M5 5a14 14 0 0 1 14 14M5 11a8 8 0 0 1 8 8M6 18h.01",
  like: "M12 20s-7.5-4.6-7.5-10.2A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 7.5 2.6C19.5 15.4 12 20 12 20z",
  bookmark: "M6.5 4h11v16L12 16l-5.5 4z",
  repost: "M4 12V9.5A2.5 2.5 0 0 1 6.5 7H19m-3-3 3 3-3 3M20 12v2.5a2.5 2.5 0 0 1-2.5 2.5H5m3 3-3-3 3-3",
  place: "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11zm0-8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  reply: "M9 6 4 11l5 5M4 11h9a7 7 0 0 1 7 7v1",
  edit: "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5",
  new: "M12 5v14M5 12h14",
  mail: "M4 6h16v12H4zm0 1 8 6 8-6",
  article: "M6 3.5h9l4 4V20.5H6zM9 12h6M9 16h6",
  photo: "M4 5h16v14H4zm0 11 4.5-4.5 4 4 3-2.5L20 17M15.5 10h.01",
  event: "M4 6h16v14H4zM4 10h16M8 3.5v4M16 3.5v4",
  menu: "M4 7h16M4 12h16M4 17h16",
  list: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
  key: "M8.5 12a4 4 0 1 0-.01 0zM11.5 10.5 20 19m-3-3 2-2",
  device: "M5 5h14v10H5zM2.5 19h19",
  pulse: "M3 12h4l3-7 4 14 3-7h4",
  chart: "M4 20h16M7 16v-5M12 16V5M17 16V9",
  shield: "M12 3.5 19 6v5.5c0 4-2.8 7.2-7 9-4.2-1.8-7-5-7-9V6z",
  sliders:
    "M4 7h9m5 0h2M4 17h2m5 0h9M15.5 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zm-7 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  archive: "M4 4.5h16v4H4zM5.5 8.5v11h13v-11M10 12.5h4",
  globe: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  leave: "M19 12H5m6-6-6 6 6 6",
  other: "M12 19a7 7 0 1 0 0-14 7 7 0 0 0 0 14z"
} as const

/** An icon beside words; screen readers skip it. */
export const Icon = ({ name }: { readonly name: keyof typeof icons }): JSX.Element => (
  <svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={icons[name]} />
  </svg>
)
