import { FastCheck as fc } from "effect"
import { describe, expect, it } from "vitest"
import { documentHtml } from "../../../src/domain/markdown/Markdown.js"
import { safeHtml } from "../../../src/domain/markdown/Sanitiser.js"

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
  ...["[", "](", ")", "![", "]", "[a](/b)", "[a](//host/c)", "![p](//host/c.png)", "[a](javascript:alert(1))"],
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

const documents = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(""))

describe("the HTML of a document", () => {
  it("is what the sanitizer makes of it, whether it had to pass the sanitizer or not", () => {
    fc.assert(
      fc.property(documents, (text) => {
        const html = documentHtml(text)
        expect(safeHtml(html)).toBe(html)
      }),
      { numRuns: 1_000 }
    )
  })

  it.each(["> ", "- ", "1. ", "*a **b ", "[", "![", "==a ", "^[a ", "> - "])("is so in nestings of %j", (piece) => {
    const html = documentHtml(`${piece.repeat(120)}end`)
    expect(safeHtml(html)).toBe(html)
  })
})
