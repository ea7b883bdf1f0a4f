import type { IncomingMessage, ServerResponse } from "node:http"

/** A request whose response is not completely sent. */
export interface Owed {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Whether the request has been passed to the handler. */
  begun: boolean
}

/**
 * Pending responses of one connection, earliest first. Hardly a connection has more than one, and that one needs no
 * list: a `Map` makes a new table for each response.
 */
export class PendingResponses {
  private earliest: Owed | undefined
  private readonly later: Array<Owed> = []

  get size(): number {
    return this.earliest === undefined ? 0 : 1 + this.later.length
  }

  get first(): Owed | undefined {
    return this.earliest
  }

  get all(): ReadonlyArray<Owed> {
    return this.earliest === undefined ? [] : [this.earliest, ...this.later]
  }

  add(owed: Owed): void {
    if (this.earliest === undefined) this.earliest = owed
    else this.later.push(owed)
  }

  /** Removes a response, if it is pending. */
  remove(response: ServerResponse): void {
    if (this.earliest?.response === response) this.earliest = this.later.shift()
    else {
      const at = this.later.findIndex((owed) => owed.response === response)
      if (at !== -1) this.later.splice(at, 1)
    }
  }

  /** Removes requests that were not passed to the handler. */
  dropWaiting(): void {
    const begun = this.all.filter((owed) => owed.begun)
    this.earliest = begun[0]
    this.later.splice(0, this.later.length, ...begun.slice(1))
  }
}
