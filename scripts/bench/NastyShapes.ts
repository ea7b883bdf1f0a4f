export const mebibyte = 1_048_576

/** A request that is built to make a parser slow. */
export interface NastyRequest {
  readonly name: string
  readonly method: "GET" | "POST"
  readonly path: string
  /** Credentials: the owner's session, a token with every scope, or none if absent. */
  readonly as?: "owner" | "token"
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: () => string
  /** Whether the page to which the response leads is requested too, and others of the same post. */
  readonly isFollowed?: boolean
}

export const formType = { "content-type": "application/x-www-form-urlencoded" }
export const jsonType = { "content-type": "application/json" }
export const multipartType = { "content-type": "multipart/form-data; boundary=b" }

export const fill = (unit: string, length: number): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length)

/** Long runs of characters that parsers of forms, Markdown, HTML and JSON treat specially. */
export const runs = [
  ...["[", "![", "[x", "](", "<", "<!--", "<a ", "<b>", "</p>", "<h1></li>", "<p>", "&amp;", "&", "*", "_", "*a **a "],
  ...["`", "~~a", "|", "> ", "- ", "#", "\\", "https://a.b/(", "www.a.b ", "a@b.c ", "[[a]]", "{{", "{%", "\n", "\r"],
  ...[
    "\r\n",
    " ",
    "\t",
    '"',
    "'",
    "é",
    "漢",
    "😀",
    "a\u0301",
    "\0",
    ",",
    "a,",
    "a b ",
    "v1.1 ",
    "/",
    "http://127.0.0.1:1/"
  ]
]

/** Sample of the runs, for places where not every run is tried. */
export const some = ["[", "<", "<h1></li>", "\r", "\r\n", "é", "漢", '"', ",", "a b ", "https://a.b/(", "\0"]

export const shown = (text: string): string => JSON.stringify(text)

export const encoded = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString()

/** Escapes only the characters that a form body requires, so that the text stays as long as possible. */
export const raw = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("&", "%26").replaceAll("+", "%2B").replaceAll("\0", "%00")
