import { Schema } from "effect"

/** The last part of a permalink: `a-z`, `0-9` and single inner hyphens, 1 to 200 characters. Opaque once given. */
export const Slug = Schema.String.pipe(
  Schema.pattern(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  Schema.maxLength(200),
  Schema.brand("Slug")
)

/** The last part of a permalink. */
export type Slug = typeof Slug.Type
