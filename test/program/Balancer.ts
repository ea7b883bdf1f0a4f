/** A balancer before several servers of a site. */
export interface Balancer {
  /** Its address, without a trailing slash. */
  readonly url: string
  /** The servers behind it from now on, by their ports on loopback. */
  readonly use: (ports: ReadonlyArray<number>) => Promise<void>
  /** Whether it sends requests to the server at a port. */
  readonly sendsTo: (port: number) => boolean | Promise<boolean>
  readonly stop: () => Promise<void>
}
