import { Schema } from "effect"

/** One line of text without control characters, at most `max` characters. */
export const line = (max: number) =>
  Schema.String.pipe(
    Schema.maxLength(max),
    Schema.filter((text) => !/\p{Cc}/u.test(text), { message: () => "one line without control characters" })
  )

/** Lines of text without other control characters than line feeds and tabs, at most `max` characters. */
export const lines = (max: number) =>
  Schema.String.pipe(
    Schema.maxLength(max),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it refuses them
    Schema.filter((text) => !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text), {
      message: () => "a text without control characters"
    })
  )
