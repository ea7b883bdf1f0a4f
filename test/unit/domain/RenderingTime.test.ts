import { describe, expect, it } from "@effect/vitest"
import { renderedPost, unrenderedPost } from "../../../src/domain/search/RenderedPost.js"

/** Brackets, markers, tags and entities, alone and as openings that are never closed. */
const units = [
  ...[
    "[",
    "![",
    "[x",
    "![a](",
    "](",
    "[^1]",
    "^[a",
    "(",
    "<",
    "<!--",
    "<?",
    "<a ",
    "<b>",
    "</",
    "<div><p>",
    "<h1></li>",
    "<table>x",
    "<table><tr>x",
    "<option>x"
  ],
  ...[
    "*",
    "_",
    "*a **a ",
    "`",
    "~~a",
    "==a",
    "<sub>",
    "<details>\n",
    "```java\n_",
    "|",
    "|-\n",
    "|a|b|\n|-|-|\n",
    "> ",
    "- ",
    "1. ",
    "#",
    "\\",
    "&",
    "&amp;",
    "&lt;"
  ],
  ...[
    "https://a.b/(",
    "https://a.b/![{",
    "http://a ",
    "www.a.b ",
    "a@b.c ",
    "\t",
    "    a\n",
    "\n\n",
    "'",
    '"',
    "é",
    "漢"
  ]
]

const contents = (text: string) => [text, { html: text }]

/** CPU milliseconds of a run. */
const cost = (run: () => unknown): number => {
  const began = process.cpuUsage()
  run()
  const { system, user } = process.cpuUsage(began)
  return (user + system) / 1_000
}

/** Milliseconds that a note may take, so that no other request waits for longer. */
const stall = 250

describe("S2: work on the event loop is bounded for every repetition", () => {
  it("a note, the longest text rendered there, stays below the stall bound", () => {
    for (const unit of units) {
      for (const content of contents(unit.repeat(1_000).slice(0, 1_000))) {
        const times: Array<number> = []
        // A collection of garbage may fall into one run, but not into each of three.
        while (times.length < 3 && Math.min(...times) >= stall) {
          times.push(cost(() => renderedPost({ type: "h-entry", properties: { content: [content] } })))
        }
        expect(Math.min(...times), JSON.stringify(content).slice(0, 40)).toBeLessThan(stall)
      }
    }
  })

  it("plain text takes linear time", { timeout: 120_000 }, async () => {
    /** How much more CPU four times the text takes: 4 if the time is linear, 16 if it is quadratic. */
    const ratioOf = (unit: string): number => {
      const of = (characters: number) => {
        const post = { type: "h-entry", properties: { content: [unit.repeat(characters).slice(0, characters)] } }
        return cost(() => unrenderedPost(post, "too_slow")) + 10
      }
      return of(500_000) / of(125_000)
    }
    for (const unit of units) {
      // A collection of garbage may fall into one measurement, but not into each.
      const ratios: Array<number> = []
      while (ratios.length < 5 && Math.min(...ratios) >= 8) ratios.push(ratioOf(unit))
      expect(Math.min(...ratios), JSON.stringify(unit)).toBeLessThan(8)
      // Vitest ends a run whose worker does not answer for a minute.
      await new Promise(setImmediate)
    }
  })

  it("search reads no more of an unrendered post than the beginning, wherever its text is, and its name first", () => {
    const long = "漢".repeat(200_000)
    const properties = { "x-own": [long], "in-reply-to": [`https://a.example/${long}`], summary: [{ value: long }] }
    const { document } = unrenderedPost(
      { type: "h-entry", properties: { ...properties, content: [long], category: ["tagged"], name: ["Named"] } },
      "pending"
    )
    expect(document.title).toBe(" named ")
    expect(document.tags).toContain(" tagged ")
    expect(document.body.length).toBeLessThan(50_000)
  })

  it("plain text shows no comment, closed or not, and escapes everything", () => {
    const { rendering } = unrenderedPost(
      { type: "h-entry", properties: { content: ["a <b> & c<!-- hidden -->\n\nd\ne <!-- left open"] } },
      "too_slow"
    )
    expect(rendering.html).toBe("<p>a &lt;b&gt; &amp; c</p>\n<p>d<br>\ne</p>")
  })
})
