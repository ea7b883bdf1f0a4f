/** Splits items into parts of a length. */
export function* stretches<A>(items: Iterable<A>, length: number): Generator<ReadonlyArray<A>> {
  let stretch: Array<A> = []
  for (const item of items) {
    stretch.push(item)
    if (stretch.length < length) continue
    yield stretch
    stretch = []
  }
  if (stretch.length > 0) yield stretch
}
