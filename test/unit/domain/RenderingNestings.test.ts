import { FastCheck as fc } from "effect"
import { describe, expect, it } from "vitest"
import { renderedPost } from "../../../src/domain/search/RenderedPost.js"

/** What opens something in Markdown, HTML or a template, with what closes it. */
const pairs: ReadonlyArray<readonly [open: string, close: string]> = [
  ["[", "]"],
  ["[", "](/a)"],
  ["![", "](/a)"],
  ["[^a", "]"],
  ["^[", "]"],
  ["(", ")"],
  ["<", ">"],
  ["<https://a.b/", ">"],
  ["https://a.b/(", ")"],
  ["*", "*"],
  ["**", "**"],
  ["_", "_"],
  ["~~", "~~"],
  ["==", "=="],
  ["```js\n", "\n```\n"],
  ["<sub>", "</sub>"],
  ['<kbd title="', '">'],
  ["\n<details>\n", "\n</details>\n\n"],
  ["`", "`"],
  ["> ", "\n"],
  ["- ", "\n"],
  ["1. ", "\n"],
  ["| ", " |\n"],
  ["# ", " #\n"],
  ["<!--", "-->"],
  ["<b>", "</b>"],
  ["<p>", "</p>"],
  ["<div>", "</div>"],
  ["<a href='/a'>", "</a>"],
  ["<ul><li>", "</li></ul>"],
  ["<table><tr><td>", "</td></tr></table>"],
  ["<h1>", "</li>"],
  ["<blockquote>", "</p>"],
  ["<pre><code>", "</code></pre>"],
  ["<svg><title>", "</title></svg>"],
  ["&amp;", "&lt;"],
  ["{{", "}}"],
  ['"', "'"]
]

/** Nestings of one, two or three of them: opened only, closed only, opened and closed, or mixed up line by line. */
const nestings = fc
  .tuple(
    fc.array(fc.constantFrom(...pairs), { minLength: 1, maxLength: 3 }),
    fc.constantFrom("open", "close", "nested", "closed each", "lines"),
    fc.constantFrom("", " ", "x")
  )
  .map(([chosen, shape, between]) => (length: number): string => {
    const opened = chosen.map(([open]) => open + between).join("")
    const closed = chosen
      .toReversed()
      .map(([, close]) => close)
      .join("")
    const cycle = {
      open: opened,
      close: closed,
      nested: opened + closed,
      "closed each": opened + closed,
      lines: `${opened}\n`
    }
    const times = Math.max(1, Math.floor(length / cycle[shape as keyof typeof cycle].length))
    if (shape === "nested") return opened.repeat(times) + closed.repeat(times)
    return cycle[shape as keyof typeof cycle].repeat(times)
  })

const formats = [
  (text: string) => ({ content: [text] }),
  (text: string) => ({ content: [text], name: ["Title"] }),
  (text: string) => ({ content: [text], "content-format": ["document"] }),
  (text: string) => ({ content: [{ html: text }] })
]

/** CPU milliseconds of the faster of two runs. */
const cost = (run: () => unknown): number =>
  Math.min(
    ...[1, 2].map(() => {
      const began = process.cpuUsage()
      run()
      const { system, user } = process.cpuUsage(began)
      return (user + system) / 1_000
    })
  )

const length = 6_000

/** So that little differences between small figures say nothing. CPU milliseconds. */
const floor = 60

describe("S2: rendering, sanitising and folding for search take linear time", () => {
  it("for nestings of every bracket, marker and tag, in every format", () => {
    fc.assert(
      fc.property(nestings, fc.constantFrom(...formats), (textOf, propertiesOf) => {
        const render = (characters: number) => () =>
          renderedPost({ type: "h-entry", properties: propertiesOf(textOf(characters)) })
        const ratio = (cost(render(4 * length)) + floor) / (cost(render(length)) + floor)
        // Linear time is 4 at most, quadratic time is 16.
        expect(ratio, JSON.stringify(textOf(100))).toBeLessThan(8)
      }),
      { numRuns: 25 }
    )
  })

  it("follows lists nested fifteen deep, and stops beyond that", () => {
    const nested = (depth: number) =>
      Array.from({ length: depth }, (_, level) => `${"  ".repeat(level)}- level ${level}`).join("\n")
    const listsIn = (depth: number) =>
      renderedPost({ type: "h-entry", properties: { content: [nested(depth)] } }).rendering.html.split("<ul>").length -
      1
    expect(listsIn(15)).toBe(15)
    expect(listsIn(200)).toBeLessThan(30)
  })
})
