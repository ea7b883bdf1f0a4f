/** Lines on their way out. */
interface Chunk {
  readonly bytes: Buffer
  readonly lines: number
  /** The bytes begin with a line feed that ends a line cut off before. */
  readonly mends: boolean
  /** How many lost lines the first of these lines tells of; 0 when it tells of none. */
  readonly reports: number
}

/** What a sink writes to, and how it speaks of its own losses. */
export interface LogSinkOptions {
  /** Writes what it can of the bytes and answers how many, at once, or throws a system error (`EAGAIN`, `EPIPE`, `ENOSPC` …). */
  readonly write: (bytes: Buffer) => number
  /** The line that tells how many lines were lost. */
  readonly lossLine: (lost: number) => string
}

/** Waiting bytes that are handed over at once. */
const flushBytes = 64 * 1024
/** Waiting bytes beyond which lines are dropped: what a slow reader may cost. */
const maxBytes = 1024 * 1024
/** How long a line may wait. */
const flushMillis = 100
/** How soon a reader that was too slow is tried again; doubled up to `flushMillis`. */
const retryMillis = 10
/** How long the end of the process waits for a slow reader: 100 times 5 ms. */
const patience = 100
const pauseMillis = 5

const lineFeed = 10

const isBusy = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "EAGAIN" || error.code === "EWOULDBLOCK")

/**
 * A bounded buffer before a file descriptor. Nothing here throws or waits for the reader: what a full, closed or slow
 * sink cannot take is dropped and counted, and once the sink takes lines again, one of them says how many were lost.
 */
export class LogSink {
  private fresh = ""
  private freshBytes = 0
  private freshLines = 0
  private freshReports = 0
  /** The chunk being written, and from where on. */
  private chunk: Chunk | undefined
  private offset = 0
  /** The sink's last byte was not a line's end. */
  private torn = false
  private busy = false
  private closed = false
  private timer: NodeJS.Timeout | undefined
  private retryAfter = retryMillis
  private written = 0
  private dropped = 0
  private unreported = 0

  constructor(private readonly options: LogSinkOptions) {}

  /** Lines written and dropped so far, and bytes waiting. */
  get stats() {
    return { written: this.written, dropped: this.dropped, buffered: this.buffered }
  }

  /** Takes one line, its line feed included. An urgent one is handed over at once, with all that waited before it. */
  write(line: string, urgent: boolean): void {
    const bytes = Buffer.byteLength(line)
    if (this.buffered + bytes > maxBytes) this.lose(1)
    else this.append(line, bytes)
    if (urgent || this.closed) this.flush()
    else if (this.freshBytes >= flushBytes && !this.busy) this.flush()
    else this.schedule(flushMillis)
  }

  /** Hands over what waits, as far as the sink takes it now. */
  flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.busy = false
    while (!this.busy) {
      this.chunk ??= this.nextChunk()
      if (this.chunk === undefined) return
      this.push(this.chunk)
    }
    this.schedule(this.retryAfter)
    this.retryAfter = Math.min(this.retryAfter * 2, flushMillis)
  }

  /** Hands over everything, waiting up to half a second for a slow reader; lines after this are handed over at once. */
  close(): void {
    this.closed = true
    this.flush()
    for (let pauses = 0; this.busy && pauses < patience; pauses++) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMillis)
      this.flush()
    }
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private get buffered(): number {
    return this.freshBytes + (this.chunk === undefined ? 0 : this.chunk.bytes.length - this.offset)
  }

  private append(line: string, bytes: number): void {
    this.fresh += line
    this.freshBytes += bytes
    this.freshLines++
  }

  private lose(lines: number): void {
    this.dropped += lines
    this.unreported += lines
  }

  private schedule(millis: number): void {
    this.timer ??= setTimeout(() => this.flush(), millis).unref()
  }

  private nextChunk(): Chunk | undefined {
    if (this.freshLines === 0) return undefined
    // A line that was cut off by a failure ends here, so that it spoils no other.
    const bytes = Buffer.from(this.torn ? `\n${this.fresh}` : this.fresh)
    const chunk = { bytes, lines: this.freshLines, mends: this.torn, reports: this.freshReports }
    this.fresh = ""
    this.freshBytes = 0
    this.freshLines = 0
    this.freshReports = 0
    this.offset = 0
    return chunk
  }

  /** Writes once. */
  private push(chunk: Chunk): void {
    try {
      const count = this.options.write(chunk.bytes.subarray(this.offset))
      this.offset += count
      if (count === 0) this.busy = true
      else {
        this.retryAfter = retryMillis
        this.torn = chunk.bytes[this.offset - 1] !== lineFeed
      }
    } catch (error) {
      if (isBusy(error)) this.busy = true
      else this.abandon(chunk)
      return
    }
    if (this.offset < chunk.bytes.length) return
    this.chunk = undefined
    this.written += chunk.lines
    if (this.unreported > 0 && this.freshLines === 0) {
      const line = this.options.lossLine(this.unreported)
      this.append(line, Buffer.byteLength(line))
      this.freshReports = this.unreported
      this.unreported = 0
    }
  }

  /** The sink is full or closed: what still waited in the chunk is lost, so that nothing piles up. */
  private abandon({ bytes, lines, mends, reports }: Chunk): void {
    this.chunk = undefined
    let whole = mends && this.offset > 0 ? -1 : 0
    // A line that lacks nothing but its end gets that with the next chunk.
    const end = this.offset > 0 ? this.offset + 1 : 0
    for (const byte of bytes.subarray(0, end)) if (byte === lineFeed) whole++
    this.written += whole
    // A report that was not written is made up for by the next one, and is itself no loss.
    const unreported = reports > 0 && whole === 0
    this.lose(lines - whole - (unreported ? 1 : 0))
    if (unreported) this.unreported += reports
  }
}
