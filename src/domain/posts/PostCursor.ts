import { Schema } from "effect"

/** A place in the newest-first order of posts. */
export interface Cursor {
  /** Epoch milliseconds of publication. */
  readonly publishedAt: number
  readonly id: number
}

const CursorStruct = Schema.Struct({
  publishedAt: Schema.Int.pipe(Schema.between(-8.64e15, 8.64e15)),
  id: Schema.Int.pipe(Schema.between(0, Number.MAX_SAFE_INTEGER))
})

/** A cursor as it stands in an address or an answer: `{publishedAt}_{id}`, both in decimal. Opaque to clients. */
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
