import { FastCheck as fc } from "effect"
import { Parser } from "htmlparser2"
import { describe, expect, it } from "vitest"
import { documentHtml } from "../../../src/domain/markdown/Markdown.js"
import { safeHtml } from "../../../src/domain/markdown/Sanitiser.js"
import { runs } from "../../fixtures/Runs.js"

/** Pieces of Markdown, with characters and addresses that need escaping, and some HTML. */
const pieces = [
  ...[
    "a",
    "word ",
    "\n",
    "\n\n",
    " ",
    "  \n",
    "\\\n",
    "*",
    "**",
    "_",
    "~~",
    "==",
    "`",
    "```js\n",
    "~~~\n",
    "# ",
    "## ",
    "> "
  ],
  ...[
    "- ",
    "1. ",
    "7) ",
    "- [x] ",
    "    ",
    "\t",
    "---\n",
    '|a|b|\n|:-|-:|\n|c|"d"|\n',
    "[^1]",
    "\n[^1]: note\n",
    "^[in line]"
  ],
  ...[
    "[",
    "](",
    ")",
    "![",
    "]",
    "[a](/b)",
    "[a](//host/c)",
    "![p](//host/c.png)",
    "[a](javascript:alert(1))",
    "[a]()",
    "![](<>)"
  ],
  ...['!["alt"](/p.png "ti\'tle")', "[a](<b c> 'x')", "[a](data:text/html,x)", "[a](mailto:a@b.c)", "[a](vbscript:x)"],
  ...["[a](ja&#9;vascript:x)", "[a](&#1;javascript:x)", "[a](\\\\host)", "[a](/\\host)", "[r]", "\n[r]: //host 'x'\n"],
  ...[
    "https://a.example/?q=\"&b='",
    '<https://a.example/"x>',
    "http://a.example",
    "{#id}",
    '## h {#i"d}\n',
    '"',
    "'",
    "&"
  ],
  ...["&amp;", "&lt;", "&quot;", "&#39;", "&copy;", "&#0;", "&nbsp;", "\u00a0", "\0", "é", "漢", "😀", "\ud800", "\r"],
  ...["<", ">", "<b>", "</b>", "<br>", "<!-- c -->", "<script>", "<p title='", "<img src=x onerror=y>", '``` a"b<c\n'],
  ...["```javascript {x}\nconst a = \"<b>\" && 'c'\n```\n", "![](a)", "<!--more-->", "https://youtu.be/abcdefghijk\n"]
]

/** The sanitizer must see these; they are tested on their own, because it is not idempotent for misnested HTML. */
const isHtml = (piece: string): boolean => /<(?!https?:)[a-z/!]/i.test(piece) && !piece.startsWith("```")

/** Scripts, and attributes that run some, as a browser reads the HTML. */
const unsafe = (html: string): ReadonlyArray<string> => {
  const found: Array<string> = []
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === "script") found.push(name)
      for (const [attribute, value] of Object.entries(attributes)) {
        if (/^on|^style$/.test(attribute) || /^\s*(?:javascript|vbscript|data):/i.test(value)) found.push(attribute)
      }
    }
  })
  parser.end(html)
  return found
}

const documentsOf = (from: ReadonlyArray<string>) =>
  fc.array(fc.constantFrom(...from), { maxLength: 14 }).map((parts) => parts.join(""))

describe("the HTML of a document", () => {
  it("is what the sanitizer makes of it, without passing it", () => {
    fc.assert(
      fc.property(documentsOf(pieces.filter((piece) => !isHtml(piece))), (text) => {
        const html = documentHtml(text)
        expect(safeHtml(html)).toBe(html)
      }),
      { numRuns: runs(300, 2_000) }
    )
  })

  it("passes the sanitizer if the document contains HTML", () => {
    fc.assert(
      fc.property(documentsOf(pieces), (text) => {
        expect(unsafe(documentHtml(text))).toEqual([])
      }),
      { numRuns: runs(300, 2_000) }
    )
  })

  it("is so of a language within another one", () => {
    const html = documentHtml("```js\nconst link = <a href='/x'>x</a>\n```\n")
    expect(html).toContain("hl-tag")
    expect(safeHtml(html)).toBe(html)
  })

  it.each(["> ", "- ", "1. ", "*a **b ", "[", "![", "==a ", "^[a ", "> - "])("is so in nestings of %j", (piece) => {
    const html = documentHtml(`${piece.repeat(120)}end`)
    expect(safeHtml(html)).toBe(html)
  })
})
