/** Anything but printable ASCII without quote and backslash. */
const special = /[^ !#-[\]-~]/

/**
 * Characters that a terminal or a log reader might interpret: control characters (C0, DEL, C1), format characters
 * (bidirectional marks, zero-width ones), line and paragraph separators, lone surrogates. CWE-117.
 */
const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }

const escaped = (character: string): string =>
  short[character] ??
  Array.from({ length: character.length }, (_, unit) => {
    const code = character.charCodeAt(unit)
    return `\\u${code.toString(16).padStart(4, "0")}`
  }).join("")

/**
 * Escapes a text to one line for people: such characters become `
 * ` or `\u001b`.
 */
export const neutralised = (text: string): string => (special.test(text) ? text.replace(obeyed, escaped) : text)

/** Formats a text as a JSON string with the same characters escaped; nothing is lost. */
export const quoted = (text: string): string =>
  special.test(text) ? JSON.stringify(text).replace(obeyed, escaped) : `"${text}"`
