import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { htmlSegments, markdownSegments, type Segment } from "../../../src/domain/markdown/Segments.js"
import { finished } from "../../../src/domain/Steps.js"

const of = (kind: Segment["kind"], text: string, segments = markdownSegments(text)) =>
  segments.filter((segment) => segment.kind === kind).map(({ end, start }) => text.slice(start, end))

describe("segments of Markdown", () => {
  it.each([
    ["a `b` c ``d ` e`` f", ["`b`", "``d ` e``"]],
    ["a \\`b` c `d`", ["` c `"]],
    ["a ` b\n\nc ` d", []],
    ["- a ` b\n- c ` d", []],
    ["```js\na\n```\nb", ["```js\na\n```\n"]],
    ["~~~\na\n```\n~~~~\nb", ["~~~\na\n```\n~~~~\n"]],
    ["> ```\n> a\n> ```\nb", ["> ```\n> a\n> ```\n"]],
    ["- x\n\n  ```\n  a\n  ```\n\nb", ["  ```\n  a\n  ```\n"]],
    ["text\n```\nopen", ["```\nopen"]],
    ["a\n\n    code\n    more\n\nb", ["    code\n", "    more\n"]],
    ["a\n    not code", []],
    ["- a\n\n    in the list\n\n          code\n", ["          code\n"]],
    ["1. a\n\n    in the list\n\nb\n\n    code", ["    code"]],
    ["<pre><b>a</b></pre> b <code>c</code>", ["<b>a</b>", "c"]],
    ["<pre>\n\na `\n\n</pre>\n\nb `c`", ["\n\na `\n\n", "`c`"]],
    ["<!-- `a` --> `b`", ["`b`"]],
    ["a `<!-- b -->` c", ["`<!-- b -->`"]],
    ["<preface> `a`", ["`a`"]]
  ])("%j has the code %j", (text, code) => {
    expect(of("code", text)).toEqual(code)
  })

  it.each([
    ["a <!-- b --> c", ["<!-- b -->"]],
    ["a <!-- b\n\nc --> d", ["<!-- b\n\nc -->"]],
    ["<!--\n```\nx\n```\n-->\na", ["<!--\n```\nx\n```\n-->"]],
    ["<!--> a", ["<!-->"]],
    ["<!-- open", []],
    ["\\<!-- a -->", []],
    ["a\n\n    <!-- code -->\n", []]
  ])("%j has the comments %j", (text, comments) => {
    expect(of("comment", text)).toEqual(comments)
  })

  it("HTML has code between its tags only", () => {
    const html = "<p>a `b`</p><pre>{{ c }}</pre><!-- d --><script>e</script>"
    expect(of("code", html, finished(htmlSegments(html)))).toEqual(["{{ c }}", "e"])
    expect(of("comment", html, finished(htmlSegments(html)))).toEqual(["<!-- d -->"])
  })

  it.prop(
    "cover every text without gaps",
    [
      FastCheck.array(
        FastCheck.constantFrom(
          "`",
          "``",
          "<!--",
          "-->",
          "```\n",
          "~~~\n",
          "\n",
          "\n\n",
          "    ",
          "- ",
          "> ",
          "a",
          "<pre>",
          "</pre>",
          "\\",
          "<code ",
          ">"
        ),
        { maxLength: 60 }
      ),
      FastCheck.boolean()
    ],
    ([pieces, hasHtml]) => {
      const text = pieces.join("")
      for (const segments of [markdownSegments(text, hasHtml), finished(htmlSegments(text))]) {
        expect(segments.map(({ end, start }) => text.slice(start, end)).join("")).toBe(text)
        for (const { end, start } of segments) expect(end).toBeGreaterThan(start)
      }
    }
  )
})
