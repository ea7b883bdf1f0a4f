import type { JSX } from "preact"

/** Shapes on a grid of 24 by 24, drawn with the line of the text's colour. */
const shapes = {
  back: "M19 12H5m6-6-6 6 6 6",
  bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zm0 7h7a3.5 3.5 0 0 1 0 7H7z",
  close: "m6 6 12 12M18 6 6 18",
  code: "m8 7-5 5 5 5m8-10 5 5-5 5",
  done: "m5 12.5 4.5 4.5L19 7.5",
  earlier: "m14 6-6 6 6 6",
  heading: "M6 5v14M18 5v14M6 12h12",
  italic: "M10 5h8M6 19h8M14.5 5l-5 14",
  later: "m10 6 6 6-6 6",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  list: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  numbers: "M10 6h10M10 12h10M10 18h10M4 5l1.5-1v5M4 14.5c0-1.5 2.5-1.5 2.5.2S4 17 4 18.5h2.7",
  picture: "M4 5h16v14H4zm0 11 4.5-4.5 4 4 3-2.5L20 17M15.5 10h.01",
  quote: "M5 17h3l2-4V7H4v6h3zm9 0h3l2-4V7h-6v6h3z",
  settings:
    "M4 7h9m5 0h2M4 17h2m5 0h9M15.5 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zm-7 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  view: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zm9.5 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  warning: "M12 4 2.5 20h19zm0 6v4.5m0 3h.01"
} as const

/** Name of an icon. */
export type IconName = keyof typeof shapes

/** An icon beside words or inside a button that has a label. Screen readers skip it. */
export const Icon = ({ name }: { readonly name: IconName }): JSX.Element => (
  <svg class="i" viewBox="0 0 24 24" aria-hidden="true">
    <path d={shapes[name]} />
  </svg>
)
