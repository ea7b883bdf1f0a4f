import { FastCheck as fc } from "effect"
import { describe, expect, it } from "vitest"
import { renderedPost } from "../../../src/domain/search/RenderedPost.js"
import { isFull } from "../../fixtures/Runs.js"

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

const shapes = ["open", "close", "nested", "closed each", "lines"] as const
type Pair = (typeof pairs)[number]

/** A text of some length: pairs opened only, closed only, nested, opened and closed, or mixed up line by line. */
const nesting =
  (chosen: ReadonlyArray<Pair>, shape: (typeof shapes)[number], between: string) =>
  (length: number): string => {
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
    }[shape]
    const times = Math.max(1, Math.floor(length / cycle.length))
    return shape === "nested" ? opened.repeat(times) + closed.repeat(times) : cycle.repeat(times)
  }

/** Nestings that begin with a pair, and have up to two more. */
const nestingsOf = (first: fc.Arbitrary<Pair>) =>
  fc
    .tuple(
      first,
      fc.array(fc.constantFrom(...pairs), { maxLength: 2 }),
      fc.constantFrom(...shapes),
      fc.constantFrom("", " ", "x")
    )
    .map(([pair, more, shape, between]) => nesting([pair, ...more], shape, between))

const formats = [
  (text: string) => ({ content: [text] }),
  (text: string) => ({ content: [text], name: ["Title"] }),
  (text: string) => ({ content: [text], "content-format": ["document"] }),
  (text: string) => ({ content: [{ html: text }] })
]

/** CPU milliseconds of a run. */
const cost = (run: () => unknown): number => {
  const began = process.cpuUsage()
  run()
  const { system, user } = process.cpuUsage(began)
  return (user + system) / 1_000
}

/** Characters of the longer text; the shorter one has a quarter. Slight quadratic growth shows in long texts only. */
const length = isFull ? 400_000 : 40_000

/** CPU milliseconds within which the longer text is fast enough, however its time grows: ten times the usual time. */
const fastEnough = length / 100

/** CPU milliseconds added to both figures, because the clock of CPU time is coarse. */
const floor = 10

/** Returns whether the time grows at most linearly. Linear time is 4 times as long, quadratic time 16 times. */
const isLinear = (render: (characters: number) => unknown, attempts = 4): boolean => {
  // A collection of garbage may fall into one measurement, but not into each.
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const long = cost(() => render(length))
    if (long < fastEnough) return true
    if ((long + floor) / (cost(() => render(length / 4)) + floor) < 8) return true
  }
  return false
}

describe("S2: rendering, sanitising and folding for search take linear time", () => {
  const isRenderedLinearly = (textOf: (length: number) => string, propertiesOf: (typeof formats)[number]) =>
    isLinear((characters) => renderedPost({ type: "h-entry", properties: propertiesOf(textOf(characters)) }))

  it("for nestings of every bracket, marker and tag, in every format", { timeout: 600_000 }, () => {
    for (const pair of pairs) {
      fc.assert(
        fc.property(nestingsOf(fc.constant(pair)), fc.constantFrom(...formats), (textOf, propertiesOf) => {
          expect(isRenderedLinearly(textOf, propertiesOf), JSON.stringify(textOf(100))).toBe(true)
        }),
        { numRuns: isFull ? 20 : 1 }
      )
    }
  })

  it("and quadratic time is noticed", () => {
    // What a renderer does that looks for the closing bracket of each opening one.
    const quadratic = (characters: number) => /\[[^\]]*\]/.test("[".repeat(characters))
    expect(isLinear(quadratic, 1)).toBe(false)
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
