import { Schema } from "effect"

/** A position in the order of posts, newest first. */
export interface Cursor {
  /** Publication time in epoch milliseconds. */
  readonly publishedAt: number
  readonly id: number
}

const CursorStruct = Schema.Struct({
  publishedAt: Schema.Int.pipe(Schema.between(-8.64e15, 8.64e15)),
  id: Schema.Int.pipe(Schema.between(0, Number.MAX_SAFE_INTEGER))
})

/** Text form of a cursor: `{publishedAt}_{id}`, both decimal. Opaque to clients. */
export const CursorText: Schema.Schema<Cursor, string> = Schema.transform(
  Schema.String.pipe(Schema.pattern(/^-?\d{1,16}_\d{1,16}$/)),
  CursorStruct,
  {
    strict: true,
    decode: (text) => {
      const [publishedAt, id] = text.split("_")
      return { publishedAt: Number(publishedAt), id: Number(id) }
    },
    encode: ({ id, publishedAt }) => `${publishedAt}_${id}`
  }
)
