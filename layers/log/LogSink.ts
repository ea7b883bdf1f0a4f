import { codeOf } from "../files/ErrorCode.js"

/** Lines to be written. */
interface Chunk {
  readonly bytes: Buffer
  readonly lines: number
  /** The bytes begin with a line feed that ends a truncated line. */
  readonly mends: boolean
  /** Number of lost lines that the first of these lines reports; 0 if it is not such a report. */
  readonly reports: number
}

/** Output of a sink, and its message about lost lines. */
export interface LogSinkOptions {
  /**
   * Writes some of the bytes synchronously and returns their number, or throws a system error (`EAGAIN`, `EPIPE`,
   * `ENOSPC` …).
   */
  readonly write: (bytes: Buffer) => number
  /** Makes the line that reports lost lines. */
  readonly lossLine: (lost: number) => string
}

/** Buffered bytes from which on the buffer is written. */
const flushBytes = 64 * 1024
/** Buffered bytes beyond which lines are dropped: the maximum cost of a slow reader. */
const maxBytes = 1024 * 1024
/** Maximum time for which a line is buffered, in milliseconds. */
const flushMillis = 100
/** First wait before retrying a slow reader, in milliseconds; doubled up to `flushMillis`. */
const retryMillis = 10
/** How long the end of the process waits for a slow reader: 100 times 5 ms. */
const patience = 100
const pauseMillis = 5

const lineFeed = 10

const isBusy = (error: unknown): boolean => codeOf(error) === "EAGAIN" || codeOf(error) === "EWOULDBLOCK"

/**
 * A bounded buffer for a file descriptor. It never throws and never waits for the reader: lines that a full, closed or
 * slow output cannot take are dropped and counted, and once it accepts lines again, one of them reports the number.
 */
export class LogSink {
  /** Lines as bytes, because texts that wait here would be the longest-lived garbage of a busy server. */
  private fresh = Buffer.allocUnsafeSlow(2 * flushBytes)
  private freshBytes = 0
  private freshLines = 0
  private freshReports = 0
  /** The chunk being written, and the number of its bytes that are written. */
  private chunk: Chunk | undefined
  private offset = 0
  /** The last byte written was not a line feed. */
  private torn = false
  private busy = false
  private closed = false
  private timer: NodeJS.Timeout | undefined
  private retryAfter = retryMillis
  private written = 0
  private dropped = 0
  private unreported = 0

  constructor(private readonly options: LogSinkOptions) {}

  /** Lines written and dropped so far, and bytes in the buffer. */
  get stats() {
    return { written: this.written, dropped: this.dropped, buffered: this.buffered }
  }

  /** Accepts one line with its line feed. An urgent one is written at once, with all buffered lines. */
  write(line: string, urgent: boolean): void {
    if (!this.append(line)) this.lose(1)
    if (urgent || this.closed) this.flush()
    else if (this.freshBytes >= flushBytes && !this.busy) this.flush()
    else this.schedule(flushMillis)
  }

  /** Writes the buffer, as far as the output accepts it now. */
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

  /** Writes everything, waiting up to half a second for a slow reader; later lines are written at once. */
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

  /** Adds a line to the buffer, which grows up to its maximum; returns whether there is room. */
  private append(line: string): boolean {
    // Three bytes are the most that a UTF-16 unit takes in UTF-8.
    const most = this.freshBytes + 3 * line.length
    if (most > this.fresh.length) this.enlarge(most)
    const bytes = this.fresh.write(line, this.freshBytes)
    if (this.buffered + bytes > maxBytes) return false
    this.freshBytes += bytes
    this.freshLines++
    return true
  }

  private enlarge(bytes: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.fresh.length, bytes))
    this.fresh.copy(larger, 0, 0, this.freshBytes)
    this.fresh = larger
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
    // Ends a line that a failure truncated, so that it does not spoil the next one.
    const torn = this.torn ? 1 : 0
    const bytes = Buffer.allocUnsafeSlow(torn + this.freshBytes)
    if (this.torn) bytes[0] = lineFeed
    this.fresh.copy(bytes, torn, 0, this.freshBytes)
    if (this.fresh.length > 2 * flushBytes) this.fresh = Buffer.allocUnsafeSlow(2 * flushBytes)
    const chunk = { bytes, lines: this.freshLines, mends: this.torn, reports: this.freshReports }
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
      this.append(this.options.lossLine(this.unreported))
      this.freshReports = this.unreported
      this.unreported = 0
    }
  }

  /** The output is full or closed: drops the rest of the chunk, so that the buffer does not grow. */
  private abandon({ bytes, lines, mends, reports }: Chunk): void {
    this.chunk = undefined
    let whole = mends && this.offset > 0 ? -1 : 0
    // A line that lacks only its line feed gets it with the next chunk.
    const end = this.offset > 0 ? this.offset + 1 : 0
    for (const byte of bytes.subarray(0, end)) if (byte === lineFeed) whole++
    this.written += whole
    // If a report cannot be written, the next one includes its count, so it does not count as lost.
    const unreported = reports > 0 && whole === 0
    this.lose(lines - whole - (unreported ? 1 : 0))
    if (unreported) this.unreported += reports
  }
}
