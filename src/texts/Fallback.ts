/** Unicode noncharacters, which are for internal use: they enclose an English text among texts of another language. */
const open = "\ufdd0"
const close = "\ufdd1"

const all = /[\ufdd0\ufdd1]/g

/** Returns whether something in a text is marked as English. */
export const hasMarks = (text: string): boolean => text.includes(open)

/** Removes the marks of English texts: for attributes, feeds and other places without a language of their own. */
export const unmarked = (text: string): string => (text.includes(open) ? text.replace(all, "") : text)

/** Marks an English text. */
export const marked = (text: string): string => `${open}${unmarked(text)}${close}`

/** Returns whether a text is marked as English. */
export const isMarked = (text: string): boolean => text.startsWith(open)

/** A tag, the content of an element that has text only, a marked text, or a mark that is left over. */
const parts =
  /<(title|textarea|option|script|style)\b[\s\S]*?<\/\1>|<[^>]*>|\ufdd0([^<\ufdd0\ufdd1]*)\ufdd1|[\ufdd0\ufdd1]/g

/**
 * Replaces the marks of English texts in HTML by elements with `lang` and `dir`. Texts in attributes lose their marks.
 * Rendering escapes `<` and `>` in attributes and texts, so that tags end where they seem to.
 */
export const withLanguages = (html: string): string =>
  html.includes(open)
    ? html.replace(parts, (part, _element, english: string | undefined) =>
        english === undefined ? unmarked(part).replace(close, "") : `<span lang="en" dir="ltr">${english}</span>`
      )
    : html
