import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { beforeMore } from "../../../src/domain/markdown/Comments.js"
import { withPrefixedIds } from "../../../src/domain/markdown/Ids.js"
import { plainText } from "../../../src/domain/markdown/PlainText.js"
import { contentHtml, contentOf } from "../../../src/domain/posts/Content.js"

const note = (text: string) => contentHtml({ format: "markdown", text })
const document = (text: string) => contentHtml({ format: "document", text })
const html = (text: string) => contentHtml({ format: "html", html: text })
const titled = (name: string, text: string) =>
  contentHtml(contentOf({ name: [name], content: [text] }) ?? expect.fail())

describe("I4: HTML comments", () => {
  it.each([
    "Seen. <!-- ask Ann first -->",
    "Seen.\n\n<!-- ask Ann first -->",
    "Seen. <!-- ask\n\nAnn first -->",
    "<!--\nask Ann first\n```\n-->\n\nSeen.",
    "- Seen.\n  <!-- ask Ann first -->\n",
    "> Seen. <!--ask Ann first-->",
    "<!-- --><!-- ask --><!-- Ann -->Seen."
  ])("are hidden in every flavour: %j", (text) => {
    for (const flavour of [note, document, html]) {
      expect(plainText(flavour(text)).replace(/^[->] /, "")).toBe("Seen.")
      expect(flavour(text)).not.toMatch(/Ann|&lt;!--|--&gt;/)
    }
  })

  it("are shown in code, and an unclosed one is no comment", () => {
    expect(note("Write `<!-- x -->`")).toContain("<code>&lt;!-- x --&gt;</code>")
    expect(document("```html\n<!-- x -->\n```")).toContain("&lt;!-- x --&gt;")
    expect(plainText(note("a <!-- b"))).toBe("a <!-- b")
    expect(plainText(document("a <!-- b\n\nc"))).toBe("a <!-- b\nc")
  })

  it("end the excerpt if they are a mark such as `more`", () => {
    expect(beforeMore("One.\n\n<!--more-->\n\nTwo.")).toBe("One.\n\n")
    expect(beforeMore("One.\n<!-- truncate -->\nTwo.")).toBe("One.\n")
    expect(beforeMore("`<!--more-->` <!-- no more of this -->")).toBeUndefined()
  })
})

describe("O8: Markdown in the flavour of site generators", () => {
  it("joins wrapped lines", () => {
    expect(document("One line\nthat is wrapped")).toBe("<p>One line\nthat is wrapped</p>")
    expect(document("A line  \nbroken")).toContain("<br />")
    expect(note("One line\nand another")).toContain("<br>")
  })

  it("keeps HTML, sanitised", () => {
    expect(document('A <b>bold</b> <img src="/a.png" onerror="alert(1)">')).toBe(
      '<p>A <b>bold</b> <img src="/a.png" alt="" /></p>'
    )
    expect(document("<details><summary>S</summary>\n\n*text*\n\n</details>")).toContain("<em>text</em>")
    expect(document("<script>alert(1)</script>\n\n<style>p{}</style>\n\ntext")).toBe("<p>text</p>")
    expect(note("<b>shown</b>")).toBe("<p>&lt;b&gt;shown&lt;/b&gt;</p>")
  })

  it("replaces frames with links", () => {
    const frame = (src: string) => `<iframe width="560" src="${src}"></iframe>`
    expect(document(frame("https://www.youtube.com/embed/abc123def45?rel=0"))).toBe(
      '<a href="https://www.youtube.com/watch?v=abc123def45">youtube.com</a>'
    )
    expect(html(frame("//player.vimeo.com/video/12345"))).toContain('href="https://vimeo.com/12345"')
    expect(html(frame("javascript:alert(1)"))).not.toContain("href")
    expect(html('<script src="https://gist.github.com/ada/1.js"></script>')).toBe(
      '<a href="https://gist.github.com/ada/1">Gist</a>'
    )
  })

  it("links footnotes both ways, and leaves them out of the excerpt", () => {
    const made = document("Text[^a] and more[^a], or ^[inline].\n\n[^a]: The *note*.")
    expect(made).toContain('<sup class="footnote-ref" id="fnref-1"><a href="#fn-1">1</a></sup>')
    expect(made).toContain('id="fnref-1-2"')
    expect(made).toMatch(/<li id="fn-1"><p>The <em>note<\/em>\. <a href="#fnref-1" class="footnote-backref"/)
    expect(made).toContain('<li id="fn-2">')
    expect(plainText(made)).toBe("Text and more, or .\nThe note.\ninline")
    for (const [, id] of made.matchAll(/href="#([^"]+)"/g)) expect(made).toContain(`id="${id}"`)
  })

  it("aligns tables by class", () => {
    expect(document("| a |\n| -: |\n| 1 |")).toContain('<td class="align-right">1</td>')
  })

  it("keeps the flavour of a text that a client replaces", () => {
    const read = (content: string | { readonly markdown: string }) =>
      contentOf({ content: [content], "content-format": ["document"] })
    expect(read("a")).toEqual({ format: "document", text: "a" })
    expect(read({ markdown: "a" })).toEqual({ format: "document", text: "a" })
    expect(contentOf({ content: [{ html: "a" }], "content-format": ["document"] })).toEqual({
      format: "html",
      html: "a"
    })
    expect(contentOf({ content: ["a"], "content-format": ["other"] })).toEqual({ format: "markdown", text: "a" })
  })
})

describe("I9: ids of headings", () => {
  it("are made of their words, unique, and of ids in the text", () => {
    const made = document("# The Main: *Part* & `code`\n\n## Same\n\n## Same\n\n## Given {#mine}\n\n## Main\n\n## 你好")
    expect([...made.matchAll(/<h\d id="([^"]*)"/g)].map(([, id]) => id)).toEqual([
      "the-main-part--code",
      "same",
      "same-1",
      "mine",
      "main-1",
      "你好"
    ])
    expect(made).toContain(">Given</h2>")
    expect(note("## Same")).toBe('<h2 id="same">Same</h2>')
    expect(html("<h2>Same</h2><h3 id='same'>Other</h3>")).toBe('<h2 id="same-1">Same</h2><h3 id="same">Other</h3>')
  })

  it("are never those of the page, duplicates, or anything but a name", () => {
    expect(html('<p id="main">a</p><p id="b c">d</p><p id="e">f</p><p id="e">g</p><a name="h">i</a>')).toBe(
      '<p>a</p><p>d</p><p id="e">f</p><p>g</p><a id="h">i</a>'
    )
    expect(document("# 🦊")).toBe("<h1>🦊</h1>")
  })

  it("are distinguished on a page with several posts", () => {
    const made = document("# A\n\n[down](#b) [away](/x#b)\n\n# B")
    expect(withPrefixedIds(made, "post")).toBe(
      '<h1 id="post--a">A</h1>\n<p><a href="#post--b">down</a> <a href="/x#b">away</a></p>\n<h1 id="post--b">B</h1>'
    )
  })

  it.prop(
    "are unique in any text",
    [
      FastCheck.array(
        FastCheck.constantFrom("# a\n\n", "## a-1\n\n", "# A {#a}\n\n", '<p id="a-1">x</p>\n\n', "# main\n\n", "text ")
      )
    ],
    ([pieces]) => {
      const ids = [...document(pieces.join("")).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids).not.toContain("main")
    }
  )
})

describe("I13: tasks and links", () => {
  it("tasks show their box", () => {
    for (const flavour of [note, document]) {
      expect(flavour("- [x] done\n- [ ] open\n- [y] text")).toMatch(
        /<li class="task">☑ done<\/li>\n<li class="task">☐ open<\/li>\n<li>\[y\] text<\/li>/
      )
    }
    expect(plainText(note("1. [X] done"))).toBe("☑ done")
  })

  it.each([
    ["[the *archive*](ftp://a.example/x)", "<p>the <em>archive</em></p>"],
    ["[clone](git@a.example:b/c.git) it", "<p>clone it</p>"],
    ["<ftp://a.example>", "<p>ftp://a.example</p>"],
    ["[x][y]\n\n[y]: javascript:alert(1)", "<p>x</p>"],
    ["![alt *text*](javascript:alert(1))", "<p>alt text</p>"],
    ["[![pic](/a.png)](ftp://b)", '<p><img src="/a.png" alt="pic"></p>'],
    ["[a](data:text/html,x)", "<p>a</p>"],
    ["[a](JaVaScRiPt:x) [b](/c)", '<p>a <a href="/c">b</a></p>']
  ])("a link with a refused scheme shows its text: %s", (text, expected) => {
    expect(note(text)).toBe(expected)
    expect(document(text).replace(" />", ">")).toBe(expected)
  })
})

describe("every flavour", () => {
  it.prop(
    "renders any mixture of marks, without comments",
    [
      FastCheck.array(
        FastCheck.constantFrom(
          ...[
            "<!--",
            "-->",
            "[^a]",
            "^[",
            "[^a]: b\n\n",
            "`",
            "```\n",
            "[",
            "](",
            ")",
            "{#id}",
            "# ",
            "- [x] ",
            "<b>",
            "<!",
            "<?",
            "\n\n",
            "> ",
            "x "
          ]
        ),
        { maxLength: 80 }
      )
    ],
    ([pieces]) => {
      const text = pieces.join("")
      for (const flavour of [note, document, html]) expect(flavour(text)).not.toContain("<!--")
    }
  )

  it.each([
    "<!--",
    "<!-- ",
    "<?",
    "<!X ",
    "[^",
    "^[",
    "^[a]",
    "[^a]",
    "![",
    "](",
    "<a b='",
    "<pre>",
    "- [x] ",
    "# a {#",
    "`",
    "{#a}\n# "
  ])("reads a long text of %j in linear time", (unit) => {
    const text = unit.repeat(20_000 / unit.length)
    const start = performance.now()
    note(text)
    document(text)
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})

describe("Markdown of notes and articles", () => {
  it("keeps line breaks in notes, and joins lines in articles", () => {
    expect(note("One line\nand another")).toBe("<p>One line<br>\nand another</p>")
    expect(titled("A walk", "One line\nand another")).toBe("<p>One line\nand another</p>")
    expect(titled("A walk", "One line  \nbroken")).toBe("<p>One line<br>\nbroken</p>")
  })

  it("keeps the lines of a note whose client sends its beginning as a name", () => {
    expect(titled("One line", "One line\nand another")).toContain("<br>")
    expect(titled("One line and", "One  line\nand another")).toContain("<br>")
  })

  it("reads footnotes, tasks and marks", () => {
    const text = "Seen[^1] ==today==.\n\n- [x] done\n- [ ] open\n\n[^1]: By me."
    for (const flavour of [note, document, (source: string) => titled("Title", source)]) {
      const shown = flavour(text)
      expect(shown).toContain('<sup class="footnote-ref" id="fnref-1"><a href="#fn-1">1</a></sup> <mark>today</mark>')
      expect(shown).toContain('<li id="fn-1"><p>By me. <a href="#fnref-1" class="footnote-backref"')
      expect(shown).toContain('<li class="task">☑ done</li>')
    }
    expect(note("a == b, c==d, ==")).toBe("<p>a == b, c==d, ==</p>")
  })

  it("highlights code by classes, in languages by their usual names", () => {
    const code = (language: string, source: string) => `\`\`\`${language}\n${source}\n\`\`\``
    for (const flavour of [note, document]) {
      expect(flavour(code("ts", "const a = '<b>'"))).toBe(
        '<pre><code class="language-ts"><span class="hl-keyword">const</span> a = ' +
          `<span class="hl-string">${flavour === note ? "&#x27;&lt;b&gt;&#x27;" : "'&lt;b&gt;'"}</span>\n</code></pre>`
      )
    }
    expect(note(code("html", "<script>let a</script>"))).toContain('<span class="hl-keyword">let</span>')
    expect(plainText(note(code("rust {1,2}", "fn main() {}")))).toBe("fn main() {}")
    for (const unknown of ["", "unknown", "constructor", "__proto__", "core"]) {
      expect(note(code(unknown, "let a"))).not.toContain("<span")
    }
  })

  it("leaves long code plain", () => {
    expect(note(`\`\`\`js\n${"let a\n".repeat(10_000)}\`\`\``)).not.toContain("<span")
    expect(note(`\`\`\`js\nlet ${"a".repeat(1_000)}\n\`\`\``)).not.toContain("<span")
  })

  it("reads a few elements of HTML, and shows all other HTML as text", () => {
    expect(note('H<sub>2</sub>O, <kbd>Ctrl</kbd>, <abbr title="a & b">AB</abbr>')).toBe(
      '<p>H<sub>2</sub>O, <kbd>Ctrl</kbd>, <abbr title="a &amp; b">AB</abbr></p>'
    )
    expect(note("The <sub> element, </kbd>, <SUB>, <b>bold</b> and <kbd onclick=a>k</kbd>")).not.toMatch(
      /<(?:sub|b|kbd)/i
    )
    expect(note("<div>\n\n<script>alert(1)</script>\n\n</div>")).toBe(
      "<p>&lt;div&gt;</p>\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n<p>&lt;/div&gt;</p>"
    )
  })

  it("folds details, with Markdown after a blank line", () => {
    const shown = note('<details open ontoggle="alert(1)">\n<summary>More</summary>\n\n*text*\n\n</details>\n\nafter')
    expect(shown).toBe("<details open>\n<summary>More</summary>\n<p><em>text</em></p>\n</details>\n<p>after</p>")
    expect(note("<figure>\n<img src=/a.png alt=A onerror=alert(1)>\n<figcaption>A</figcaption>\n</figure>")).toBe(
      '<figure>\n<img src="/a.png" alt="A" />\n<figcaption>A</figcaption>\n</figure>'
    )
    expect(note("    <details>")).toBe("<pre><code>&lt;details&gt;\n</code></pre>")
  })

  it("marks the address of a video or a post elsewhere that stands alone", () => {
    for (const flavour of [note, document]) {
      expect(flavour("https://youtu.be/abcdefghijk")).toContain(
        '<p class="embed embed-video"><a href="https://youtu.be/'
      )
      expect(flavour("https://social.example/@ann/112233445566")).toContain('<p class="embed embed-post">')
      expect(flavour("<https://youtu.be/abcdefghijk>")).toContain("embed-video")
      expect(flavour("See https://youtu.be/abcdefghijk")).not.toContain("embed")
      expect(flavour("https://example.org/@ann/about")).not.toContain("embed")
      expect(flavour("[a](https://youtu.be/abcdefghijk)")).not.toContain("embed")
    }
  })
})
