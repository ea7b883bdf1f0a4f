import { Schema } from "effect"

/** A property's value: text, a number, a truth value, or an object such as `{ html }`, `{ value, alt }` or a nested microformat. */
export type PropertyValue = string | number | boolean | { readonly [key: string]: unknown }

/** A post's microformats2 properties: every property a list, in the order in which it was sent. */
export type Properties = { readonly [name: string]: ReadonlyArray<PropertyValue> }

const JsonObject = Schema.Record({ key: Schema.String, value: Schema.Unknown })

/** Decodes stored or received properties. */
export const Properties: Schema.Schema<Properties> = Schema.Record({
  key: Schema.String,
  value: Schema.Array(Schema.Union(Schema.String, Schema.Number, Schema.Boolean, JsonObject))
})
