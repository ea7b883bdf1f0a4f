import { Schema } from "effect"

/** What a token may be good for (Micropub, IndieAuth). */
export const Scope = Schema.Literal("create", "draft", "update", "delete", "undelete", "media", "profile", "email")

/** What a token may be good for (Micropub, IndieAuth). */
export type Scope = typeof Scope.Type
