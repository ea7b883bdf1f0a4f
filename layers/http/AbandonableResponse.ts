import { type IncomingMessage, ServerResponse } from "node:http"

/**
 * A response whose `end` calls back even if its connection is closed. Node calls back only when everything is written,
 * so without this the handler would wait forever after the client disconnects, and so would the drain.
 */
export class AbandonableResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  #isAbandoned = false
  #called: (() => void) | undefined

  /** Reports that the connection is closed: everything that was or will be ended counts as finished. */
  abandon(): void {
    this.#isAbandoned = true
    this.#called?.()
  }

  override end(callback?: () => void): this
  override end(chunk: unknown, callback?: () => void): this
  override end(chunk: unknown, encoding: BufferEncoding, callback?: () => void): this
  override end(...given: ReadonlyArray<unknown>): this {
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
