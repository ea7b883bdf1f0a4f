import { type IncomingMessage, ServerResponse } from "node:http"

/**
 * A response whose `end` calls back even when its connection is gone. Node calls back only once everything is written, so
 * that whoever waits for it after the client left would wait without end: the handler, and with it the drain at a stop.
 */
export class AbandonableResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  #isAbandoned = false
  #called: (() => void) | undefined

  /** Says that the connection is gone: what was ended, or is ended from now on, counts as finished. */
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
