import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"

/** The members that a class of failure has to define. */
declare abstract class Explained {
  // biome-ignore lint/suspicious/noExplicitAny: TypeScript accepts no other constructor in an intersection of classes
  constructor(...fields: any[])
  /** The texts and the HTTP status. */
  abstract get info(): ErrorInfo
}

/** The base class of a class of failure. */
export type FailureBase<Self, Tag extends string, Fields extends Schema.Struct.Fields> = typeof Explained &
  Schema.TaggedErrorClass<Self, Tag, { readonly _tag: Schema.tag<Tag> } & Fields> & { readonly example: Self }

/**
 * Makes the base class of a class of failure, from its tag, its fields and the fields of an example. The example is for
 * `starpunk explain`, the documentation, the pages under `/errors/` and the tests. A class without an example or
 * without `info` does not compile.
 */
export const TaggedFailure =
  <Self>() =>
  <const Tag extends string, Fields extends Schema.Struct.Fields>(
    tag: Tag,
    fields: Fields,
    example: Schema.Struct.Constructor<Fields>
  ): FailureBase<Self, Tag, Fields> => {
    const base = Schema.TaggedError<object>(`starpunk/${tag}`)(tag, fields)
    Object.defineProperty(base, "example", {
      get(this: new (fields: unknown) => Self) {
        return new this(example)
      }
    })
    return base as never
  }
