/** A map of at most `capacity` entries. It drops the entry that was set the longest time ago. */
export class BoundedMap<Key, Value> {
  private readonly entries = new Map<Key, Value>()

  constructor(private readonly capacity: number) {}

  /** The number of entries. */
  get size(): number {
    return this.entries.size
  }

  /** Returns an entry; its place in the order stays. */
  get(key: Key): Value | undefined {
    return this.entries.get(key)
  }

  /** Sets an entry, which is then the newest. */
  set(key: Key, value: Value): void {
    this.entries.delete(key)
    this.entries.set(key, value)
    if (this.entries.size <= this.capacity) return
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest)
      return
    }
  }

  /** Removes an entry, if it is there. */
  delete(key: Key): void {
    this.entries.delete(key)
  }
}
