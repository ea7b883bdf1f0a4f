import type { MarkdownIt as Parser } from "markdown-it"

/**
 * Punctuation that ends an address: Chinese and Japanese signs, full-width forms, and curly quotation marks. Addresses
 * contain them only percent-encoded, but may contain letters of these scripts.
 */
const ends =
  /[\u3000-\u3003\u3008-\u3011\u3014-\u301F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65\u2018-\u201F\u2026]/u

/** Length of the address before such punctuation; `undefined` if there is none. */
const before = (text: string): number | undefined => {
  const end = text.search(ends)
  return end === -1 ? undefined : end
}

/** Configures a parser to end bare addresses before such punctuation. */
export const endAddresses = ({ linkify }: Parser): void => {
  const match = linkify.match.bind(linkify)
  const matchAtStart = linkify.matchAtStart.bind(linkify)
  type Match = NonNullable<ReturnType<typeof matchAtStart>>
  const cut = (found: Match): Match => {
    const end = before(found.text)
    if (end === undefined) return found
    const text = found.text.slice(0, end)
    return Object.assign(Object.create(Object.getPrototypeOf(found)), found, {
      lastIndex: found.index + end,
      raw: text,
      text,
      url: found.url.slice(0, found.url.length - (found.text.length - end))
    })
  }
  linkify.matchAtStart = (text) => {
    const end = before(text)
    return matchAtStart(end === undefined ? text : text.slice(0, end))
  }
  // A sentence may have another address after the first.
  linkify.match = (text) => {
    const all: Array<Match> = []
    for (let from = 0; from < text.length; ) {
      const found = match(text.slice(from))
      if (found === null) break
      const first = found.findIndex(({ text: address }) => before(address) !== undefined)
      const kept = first === -1 ? found : found.slice(0, first + 1).map(cut)
      for (const each of kept) {
        each.index += from
        each.lastIndex += from
        all.push(each)
      }
      const last = all.at(-1)
      if (first === -1 || last === undefined) break
      from = last.lastIndex
    }
    return all.length === 0 ? null : all
  }
}
