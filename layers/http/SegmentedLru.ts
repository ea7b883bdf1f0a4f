/** Fraction of the capacity that is reserved for entries that were used twice. */
const protectedShare = 0.8

/** An entry with its size, which `grow` changes and the cache adds up. */
export interface Sized {
  /** Bytes. */
  bytes: number
}

/**
 * A cache of at most `capacity` bytes in two segments, each with the least recently used entry first (segmented LRU). A
 * new entry is on probation. Its first use moves it to the protected segment. Entries on probation are removed first,
 * so a crawler that requests each address once does not evict pages that are requested repeatedly.
 */
export class SegmentedLru<Entry extends Sized> {
  private readonly probation = new Map<string, Entry>()
  private readonly protected = new Map<string, Entry>()
  private protectedBytes = 0
  private allBytes = 0
  /** The entry that was used last, which is the newest of the protected segment. */
  private latest: Entry | undefined

  constructor(private capacity: number) {}

  /** The number of entries. */
  get size(): number {
    return this.probation.size + this.protected.size
  }

  /** The size of all entries. */
  get bytes(): number {
    return this.allBytes
  }

  /** Returns an entry without counting it as used. */
  peek(key: string): Entry | undefined {
    return this.protected.get(key) ?? this.probation.get(key)
  }

  /** Returns an entry and counts it as used. */
  use(key: string): Entry | undefined {
    const entry = this.peek(key)
    if (entry === undefined || entry === this.latest) return entry
    this.latest = entry
    if (this.protected.delete(key)) this.protected.set(key, entry)
    else {
      this.probation.delete(key)
      this.protected.set(key, entry)
      this.protectedBytes += entry.bytes
      this.demote()
    }
    return entry
  }

  /** Adds an entry on probation, in place of an entry with the same key. */
  add(key: string, entry: Entry): void {
    this.remove(key)
    this.probation.set(key, entry)
    this.allBytes += entry.bytes
    this.shrink()
  }

  /** Adds bytes to the size of an entry of this cache. */
  grow(key: string, entry: Entry, bytes: number): void {
    entry.bytes += bytes
    this.allBytes += bytes
    if (this.protected.has(key)) this.protectedBytes += bytes
    this.demote()
    this.shrink()
  }

  /** Changes the capacity, and removes what exceeds it. */
  resize(capacity: number): void {
    this.capacity = capacity
    this.demote()
    this.shrink()
  }

  /** Removes all entries. */
  clear(): void {
    this.latest = undefined
    this.probation.clear()
    this.protected.clear()
    this.protectedBytes = 0
    this.allBytes = 0
  }

  private remove(key: string): void {
    const entry = this.peek(key)
    if (entry === undefined) return
    if (entry === this.latest) this.latest = undefined
    this.allBytes -= entry.bytes
    if (this.protected.delete(key)) this.protectedBytes -= entry.bytes
    else this.probation.delete(key)
  }

  private demote(): void {
    while (this.protectedBytes > protectedShare * this.capacity && this.protected.size > 1) {
      for (const [key, entry] of this.protected) {
        this.protected.delete(key)
        if (entry === this.latest) this.latest = undefined
        this.protectedBytes -= entry.bytes
        this.probation.set(key, entry)
        break
      }
    }
  }

  private shrink(): void {
    while (this.allBytes > this.capacity) {
      const [oldest] = this.probation.size > 0 ? this.probation.keys() : this.protected.keys()
      if (oldest === undefined) return
      this.remove(oldest)
    }
  }
}
