import type { JSX } from "preact"
import { laterPlaceOf } from "./LongTexts.js"

/** Items that are rendered at once. An item with fields and buttons takes a fifth of a millisecond. */
const atOnce = 10

/**
 * Items of a list without a known length. More than ten are rendered in groups after the page, between other work. Items
 * must not use the context of components around the list.
 */
export const LongList = <A,>({
  children,
  items
}: {
  readonly items: ReadonlyArray<A>
  readonly children: (item: A, index: number) => JSX.Element
}): JSX.Element => {
  if (items.length <= atOnce) return <>{items.map(children)}</>
  const groups = Array.from({ length: Math.ceil(items.length / atOnce) }, (_, group) => {
    const first = group * atOnce
    return laterPlaceOf(() => <>{items.slice(first, first + atOnce).map((item, at) => children(item, first + at))}</>)
  })
  return <>{groups}</>
}
