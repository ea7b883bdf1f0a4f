import { type IncomingMessage, ServerResponse } from "node:http"

/** Bytes of an unread body that are read and discarded, so that the connection can be reused. */
const worthReading = 65_536

/** Returns whether a long body was not read completely. */
const hasLongRest = ({ complete, headers }: IncomingMessage): boolean =>
  !complete && (headers["transfer-encoding"] !== undefined || Number(headers["content-length"]) > worthReading)

/**
 * A response whose `end` calls back even if its connection is closed. Node calls back only when everything is written,
 * so without this the handler would wait forever after the client disconnects, and so would the drain. If it begins
 * before a long body was read, it is the last response on its connection, so that an unauthorized client cannot make
 * the server read megabytes (`Lingering`).
 */
export class AbandonableResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  #isAbandoned = false
  #called: (() => void) | undefined
  #begun: (() => void) | undefined

  /** Reports that the connection is closed: all current and later responses count as finished. */
  abandon(): void {
    this.#isAbandoned = true
    this.#called?.()
  }

  /** Calls back when the head of the response is written. */
  onBegun(callback: () => void): void {
    this.#begun = callback
  }

  override writeHead(...given: ReadonlyArray<unknown>): this {
    if (hasLongRest(this.req)) this.shouldKeepAlive = false
    Reflect.apply(super.writeHead, this, given)
    this.#begun?.()
    this.#begun = undefined
    return this
  }

  override end(callback?: () => void): this
  override end(chunk: unknown, callback?: () => void): this
  override end(chunk: unknown, encoding: BufferEncoding, callback?: () => void): this
  override end(...given: ReadonlyArray<unknown>): this {
    if (given.length === 0) return super.end()
    if (given.length === 1 && typeof given[0] === "object") return super.end(given[0])
    const callback = given.findLast((argument): argument is () => void => typeof argument === "function")
    if (callback === undefined) return Reflect.apply(super.end, this, given)
    this.#called = () => {
      this.#called = undefined
      callback()
    }
    const others = given.filter((argument) => argument !== callback)
    const ended = Reflect.apply(super.end, this, [...others, () => this.#called?.()])
    if (this.#isAbandoned) process.nextTick(() => this.#called?.())
    return ended
  }
}
