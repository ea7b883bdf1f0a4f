/** Something that waits, since when, and whether it goes first. */
interface Entry<A> {
  readonly item: A
  readonly since: number
  readonly group: string | undefined
  readonly isOfMany: boolean
  isPreferred: boolean
}

/** Number of items of a group beyond which further ones are those of a crowd. A browser has at most six requests at a time. */
const few = 16

/**
 * Items that wait for their turn. Preferred items go first, the earliest of them first. Of the others, the earliest
 * goes first while the line is short, so that no item is overtaken repeatedly. If the line is long, the newest goes
 * first: under a lasting overload some items wait in vain, and the clients of the oldest may have given up.
 *
 * Items of a group that has many waiting, such as the requests of one network, share every second turn, so that one client
 * with a thousand connections does not keep others out.
 */
export class WaitingLine<A> {
  private readonly entries = new Map<A, Entry<A>>()
  private readonly groups = new Map<string, number>()
  /** In order of arrival. Entries that have left are skipped. */
  private usual: Array<Entry<A>> = []
  private ofMany: Array<Entry<A>> = []
  private preferred: Array<Entry<A>> = []
  private isTurnOfMany = false

  get size(): number {
    return this.entries.size
  }

  /** Adds an item, of a group if there is one; times are monotonic, in milliseconds. */
  add(item: A, since: number, group?: string): void {
    const others = group === undefined ? 0 : (this.groups.get(group) ?? 0)
    if (group !== undefined) this.groups.set(group, others + 1)
    const entry = { item, since, group, isOfMany: others >= few, isPreferred: false }
    this.entries.set(item, entry)
    const arrived = entry.isOfMany ? this.ofMany : this.usual
    arrived.push(entry)
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
    const group = this.entries.get(item)?.group
    this.entries.delete(item)
    if (group !== undefined) {
      const left = (this.groups.get(group) ?? 1) - 1
      if (left === 0) this.groups.delete(group)
      else this.groups.set(group, left)
    }
    if (this.entries.size > 0) return
    this.usual = []
    this.ofMany = []
    this.preferred = []
  }

  /** Removes and returns the item whose turn it is. The line is long if an item waits that came at `long` or before. */
  next(long: number): A | undefined {
    const preferred = this.take(() => this.preferred.shift())
    if (preferred !== undefined) return preferred
    this.isTurnOfMany = !this.isTurnOfMany
    for (const arrived of this.isTurnOfMany ? [this.ofMany, this.usual] : [this.usual, this.ofMany]) {
      const first = this.first(arrived)
      const isLong = first !== undefined && first.since <= long
      const item = this.take(() => (isLong ? arrived.pop() : arrived.shift()))
      if (item !== undefined) return item
    }
    return undefined
  }

  /** Removes and returns the earliest item, if it came at `until` or before. */
  earliest(until: number): A | undefined {
    const [usual, ofMany] = [this.first(this.usual), this.first(this.ofMany)]
    const first = usual === undefined || (ofMany !== undefined && ofMany.since < usual.since) ? ofMany : usual
    if (first === undefined || first.since > until) return undefined
    const arrived = first.isOfMany ? this.ofMany : this.usual
    arrived.shift()
    this.remove(first.item)
    return first.item
  }

  /** The earliest entry that waits. Removes those before it, which have left. */
  private first(arrived: Array<Entry<A>>): Entry<A> | undefined {
    while (arrived[0] !== undefined && !this.waits(arrived[0])) arrived.shift()
    return arrived[0]
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
