/** Something that waits, since when, and whether it goes first. */
interface Entry<A> {
  readonly item: A
  readonly since: number
  isPreferred: boolean
}

/**
 * Items that wait for their turn. Preferred items go first, the earliest of them first. Of the others, the earliest
 * goes first while the line is short, so that no item is overtaken repeatedly. If the line is long, the newest goes
 * first: under a lasting overload some items wait in vain, and the clients of the oldest may have given up.
 */
export class WaitingLine<A> {
  private readonly entries = new Map<A, Entry<A>>()
  /** In order of arrival. Entries that have left are skipped. */
  private arrived: Array<Entry<A>> = []
  private preferred: Array<Entry<A>> = []

  get size(): number {
    return this.entries.size
  }

  /** Adds an item; times are monotonic, in milliseconds. */
  add(item: A, since: number): void {
    const entry = { item, since, isPreferred: false }
    this.entries.set(item, entry)
    this.arrived.push(entry)
  }

  /** Moves a waiting item before all that are not preferred. */
  prefer(item: A): void {
    const entry = this.entries.get(item)
    if (entry === undefined || entry.isPreferred) return
    entry.isPreferred = true
    this.preferred.push(entry)
  }

  /** Removes an item; nothing happens if it does not wait. */
  remove(item: A): void {
    this.entries.delete(item)
    if (this.entries.size > 0) return
    this.arrived = []
    this.preferred = []
  }

  /** Removes and returns the item whose turn it is. The line is long if an item waits that came at `long` or before. */
  next(long: number): A | undefined {
    const preferred = this.take(() => this.preferred.shift())
    if (preferred !== undefined) return preferred
    const first = this.first()
    const isLong = first !== undefined && first.since <= long
    return this.take(() => (isLong ? this.arrived.pop() : this.arrived.shift()))
  }

  /** Removes and returns the earliest item, if it came at `until` or before. */
  earliest(until: number): A | undefined {
    const first = this.first()
    if (first === undefined || first.since > until) return undefined
    this.arrived.shift()
    this.remove(first.item)
    return first.item
  }

  /** The earliest entry that waits. Removes those before it, which have left. */
  private first(): Entry<A> | undefined {
    while (this.arrived[0] !== undefined && !this.waits(this.arrived[0])) this.arrived.shift()
    return this.arrived[0]
  }

  private take(next: () => Entry<A> | undefined): A | undefined {
    for (let entry = next(); entry !== undefined; entry = next()) {
      if (!this.waits(entry)) continue
      this.remove(entry.item)
      return entry.item
    }
    return undefined
  }

  private waits(entry: Entry<A>): boolean {
    return this.entries.get(entry.item) === entry
  }
}
