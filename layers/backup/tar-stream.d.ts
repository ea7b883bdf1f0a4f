/** The part of tar-stream that is used here. https://github.com/mafintosh/tar-stream */
declare module "tar-stream" {
  import type { Readable, Writable } from "node:stream"

  export interface Headers {
    readonly name: string
    readonly size?: number
    readonly mode?: number
    readonly mtime?: Date
    readonly type?: string | null
  }

  export interface Pack extends Readable {
    entry(headers: Headers, callback?: (error?: Error | null) => void): Writable
    finalize(): void
  }

  export interface Extract extends Writable {
    on(event: "entry", listener: (headers: Headers, stream: Readable, next: (error?: unknown) => void) => void): this
    on(event: string, listener: (...args: Array<never>) => void): this
  }

  const tar: { pack(): Pack; extract(): Extract }
  export default tar
}
