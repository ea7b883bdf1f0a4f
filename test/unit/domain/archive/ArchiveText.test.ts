import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import {
  type ArchiveSite,
  type GeneratorName,
  generatorNames,
  plainSite
} from "../../../../src/domain/archive/ArchiveSite.js"
import { archiveText } from "../../../../src/domain/archive/ArchiveText.js"
import { type OldPage, OldSite } from "../../../../src/domain/archive/OldSite.js"
import { referencesIn } from "../../../../src/domain/archive/Reference.js"
import { plainText } from "../../../../src/domain/markdown/PlainText.js"
import { contentHtml } from "../../../../src/domain/posts/Content.js"
import { Slug } from "../../../../src/domain/posts/Slug.js"
import { finished, type Steps } from "../../../../src/domain/Steps.js"

const page = (path: string, slug: string, oldAddresses: ReadonlyArray<string>, title?: string): OldPage => ({
  path,
  slug: Slug.make(slug),
  oldAddresses,
  ...(title === undefined ? {} : { title })
})

const a = page("content/blog/a.md", "a", ["/blog/a/"], "Page A")
const pages = [
  a,
  page("content/blog/a-long-name.md", "a-long-name", ["/blog/a-long-name/"]),
  page("content/blog/b.md", "b", ["/blog/b/", "/old/b.html"]),
  page("content/blog/c/index.md", "c", ["/blog/c/"]),
  page("_posts/2024-01-01-x.md", "x", ["/2024/01/01/x.html"]),
  page("content/notes/Old Note.md", "old-note", ["/notes/old-note/"])
]

const oldSite = (generator: GeneratorName, more: Partial<ArchiveSite> = {}) =>
  new OldSite(
    {
      ...plainSite,
      generator,
      contentFolders: ["content"],
      origin: "https://old.example",
      basePath: "",
      configuration: { title: "The Site" },
      ...more
    },
    pages,
    "https://new.example"
  )

const read = (
  generator: GeneratorName,
  text: string,
  options: { isHtml?: boolean; from?: OldPage; site?: Partial<ArchiveSite> } = {}
) => finished(archiveText(text, options.isHtml ?? false, options.from ?? a, oldSite(generator, options.site)))

const shown = (text: string) => plainText(contentHtml({ format: "document", text }))

describe("I5: decidable constructs of generators", () => {
  it.each<[GeneratorName, string, string]>([
    ["jekyll", "[v]({% post_url 2024-01-01-x %})", "[v](/notes/x)"],
    ["jekyll", "[v]({% link _posts/2024-01-01-x.md %})", "[v](/notes/x)"],
    ["jekyll", "![]({{ site.url }}{{ site.baseurl }}/a.png)", "![](/base/a.png)"],
    ["jekyll", '<a href="{{ "/b/" | relative_url }}">', '<a href="/b/">'],
    ["eleventy", '[x][1]\n\n[1]: {{ "http://a.example/b" | archived: "2010" }}', "[x][1]\n\n[1]: http://a.example/b"],
    ["eleventy", '[x]({{ "/b/" | mapped }})', "[x](/b/)"],
    ["jekyll", "{{ site.title }}: {{ page.title }}", "The Site: Page A"],
    ["jekyll", "{% raw %}{{ x }}{% endraw %}", "{{ x }}"],
    ["jekyll", "{% highlight ruby linenos %}\nputs 1\n\n    x\n{% endhighlight %}", "```ruby\nputs 1\n\n    x\n```"],
    ["jekyll", "{% comment %}not *this*{% endcomment %}this", "this"],
    ["jekyll", "{% assign x = 1 %}this", "this"],
    ["jekyll", '{% include youtube.html id="abc123" %}', "[Video on YouTube](https://www.youtube.com/watch?v=abc123)"],
    [
      "jekyll",
      '{% include figure.html src="/a.png" alt="A" caption="C" %}',
      '<figure><img src="/a.png" alt="A"><figcaption>C</figcaption></figure>\n'
    ],
    ["jekyll", "{% gist ada/123 %}", "[Gist](https://gist.github.com/ada/123)"],
    ["jekyll", "text\n{: .lead #x}\n\n* toc\n{:toc}", "text\n\n\n"],
    ["jekyll", '## Head {: .c #top }\n[x](/y){: target="_blank"} **b**{: .c}', "## Head {#top}\n[x](/y) **b**"],
    ["hugo", '{{< figure src="/a.png" alt="A" >}}', '<img src="/a.png" alt="A">\n'],
    [
      "hugo",
      '{{< figure src="a.png" caption="C" link="/b" >}}',
      '<figure><a href="/b"><img src="a.png" alt="C"></a><figcaption>C</figcaption></figure>\n'
    ],
    ["hugo", '[b]({{< ref "b.md#part" >}}) [c]({{% relref "/blog/c" %}})', "[b](/notes/b#part) [c](/notes/c)"],
    ["hugo", "{{< youtube abc123 >}}", "[Video on YouTube](https://www.youtube.com/watch?v=abc123)"],
    ["hugo", '{{< tweet user="ada" id="123" >}}', "[Post on Twitter](https://twitter.com/ada/status/123)"],
    ["hugo", "{{< highlight go >}}\nx := `a`\n{{< /highlight >}}", "```go\nx := `a`\n```"],
    [
      "hugo",
      "{{% notice tip %}}\n*Text*\n{{% /notice %}}",
      "<blockquote>\n\n<p><strong>Tip</strong></p>\n\n\n\n*Text*\n\n\n</blockquote>\n"
    ],
    ["hugo", "a {{</* figure */>}} b", "a {{< figure >}} b"],
    ["hugo", "`{{</* x */>}}` and `{{< y >}}`", "`{{< x >}}` and `{{< y >}}`"],
    ["hugo", "{{ not.a.shortcode }} {% nor this %}", "{{ not.a.shortcode }} {% nor this %}"],
    ["zola", '{{ youtube(id="abc123") }}', "[Video on YouTube](https://www.youtube.com/watch?v=abc123)"],
    ["zola", '{{ figure(src="a.png", alt="A, b") }}', '<img src="a.png" alt="A, b">\n'],
    [
      "zola",
      '{% quote(author="Ada") %}\nWords\n{% end %}',
      "<blockquote>\n\n\n\nWords\n\n\n<p><cite>Ada</cite></p>\n\n</blockquote>\n"
    ],
    ["zola", '[b]({{ get_url(path="@/blog/b.md") }})', "[b](/notes/b)"],
    [
      "hexo",
      "{% asset_img a.png 100 200 \"A title 'Alt'\" %}",
      '<figure><img src="a.png" alt="Alt"><figcaption>A title</figcaption></figure>\n'
    ],
    ["hexo", "{% post_link 2024-01-01-x 'Read this' %}", "[Read this](/notes/x)"],
    ["hexo", "{% codeblock lang:js %}\nx\n{% endcodeblock %}", "```js\nx\n```"],
    ["hexo", "{% link Words here https://a.example/ %}", "[Words here](https://a.example/)"],
    ["eleventy", "{# not this #}[x]({{ '/b/' | url }})", "[x](/b/)"],
    [
      "obsidian",
      "[[Old Note]] [[old note|it]] [[Old Note#A Part]] [[#Here now]]",
      "[Old Note](/notes/old-note) [it](/notes/old-note) [Old Note > A Part](/notes/old-note#a-part) [Here now](#here-now)"
    ],
    [
      "obsidian",
      "![[pic one.png|300]] ![[Old Note]] [[Nowhere|gone]]",
      "![](pic%20one.png) [Old Note](/notes/old-note) gone"
    ],
    ["obsidian", "==marked== a %%secret%% b ^block1", "<mark>marked</mark> a <!-- secret --> b"],
    ["obsidian", "> [!tip]- Title *x*\n> Text", "> **Title \\*x\\***\n>\n> Text"],
    ["hugo", "> [!NOTE]\n> Text", "> **Note**\n>\n> Text"],
    ["astro", ":::note[Mind]\nText\n:::", "<blockquote>\n\n**Mind**\n\nText\n\n</blockquote>\n"],
    ["markdown", '!!! note "Mind"\n    Text\n\nOn', "> **Mind**\n>\n> Text\n>\n\nOn"],
    ["markdown", "[[Old Note]] and [[1, 2], [3]]", "[Old Note](/notes/old-note) and [[1, 2], [3]]"]
  ])("%s: %s", (generator, text, expected) => {
    const found = read(generator, text, { site: { basePath: generator === "jekyll" ? "/base" : "" } })
    expect(found.text).toBe(expected)
    expect([...found.hidden, ...found.shown]).toEqual([])
  })

  it("WordPress: captions, embeds and code", () => {
    const found = read(
      "wordpress",
      '[caption id="x"]<img src="/a.png"> Words[/caption] [embed]https://a.example[/embed] [a word](/x) [note]\n\n[code lang="js"]\nx\n[/code]'
    )
    expect(found.text).toBe(
      '<figure><img src="/a.png"><figcaption>Words</figcaption></figure>\n https://a.example [a word](/x) [note]\n\n```js\nx\n```'
    )
  })

  it("MDX: imports, pictures and components", () => {
    const from = page("content/blog/m.mdx", "m", ["/blog/m/"])
    const found = read(
      "astro",
      'import X from "../x.astro"\nexport const a = {\n  b: 1\n}\n\n{/* no */}<Image src="/a.png" alt={"A"} />\n\n<YouTube id="abc123" />\n\n<Chart>\n\nText\n\n</Chart>',
      { from }
    )
    expect(shown(found.text)).toBe("Video on YouTube\nText")
    expect(found.text).toContain('<img src="/a.png" alt="A">')
    expect([...found.hidden]).toEqual([["<Chart>", 1]])
  })
})

describe("I5: undecidable constructs", () => {
  it.each<[GeneratorName, string, ReadonlyArray<string>]>([
    ["hugo", 'One {{< chart data="--><b>" >}} two', ["{{< chart >}}"]],
    ["hugo", "One {{< grid >}}two{{< /grid >}}", ["{{< grid >}}"]],
    ["jekyll", "One {% include ads.html %} two", ["{% include ads.html %}"]],
    ["jekyll", "One {% if page.x %}two{% else %}{% endif %}", ["{% if %}"]],
    ["jekyll", "One {{ page.x | upcase }} two", ["{{ page.x }}"]],
    ["zola", '{{ chart(data="x") }} One two', ["{{ chart }}"]],
    ["hexo", "{% unknown %} One two", ["{% unknown %}"]]
  ])("%s: %s is kept and not shown", (generator, text, names) => {
    const found = read(generator, text)
    expect(shown(found.text).replace(/\s+/g, " ")).toMatch(/^One ?two$/)
    expect([...found.hidden.keys()]).toEqual(names)
    expect(found.text).toContain("<!--")
  })

  it("cannot hide anything in an address", () => {
    const found = read("jekyll", '![a]({{ page.image }}) <img src="{{ page.image }}">')
    expect(found.text).toBe('![a]() <img src="">')
    expect([...found.hidden]).toEqual([["{{ page.image }}", 2]])
  })

  it("of a site with an unknown generator are shown if they may be text, and reported", () => {
    const found = read("markdown", "Vue prints {{ message }}.")
    expect(found.text).toBe("Vue prints {{ message }}.")
    expect([...found.shown]).toEqual([["{{ message }}", 1]])
  })
})

describe("constructs in code", () => {
  it.each<[GeneratorName, string]>([
    ["jekyll", "`{{ site.url }}` and\n\n```\n{% include x %}\n[[Old Note]]\n```\n\n    {% post_url x %}\n"],
    ["hugo", '```\n{{< figure src="a" >}}\n```\n\n`{{% x %}}` and <pre>{{< y >}}</pre>'],
    ["obsidian", "`[[Old Note]]` ``==x== %%y%%``\n\n```\n![[a.png]]\n> [!note]\n```"],
    ["markdown", "```\n!!! note\n    x\n:::tip\n{: .x}\n```"]
  ])("of %s are left alone", (generator, text) => {
    expect(read(generator, text)).toMatchObject({ text, deadWikilinks: [] })
  })

  it("lose marks that only escape them", () => {
    expect(read("jekyll", "```\n{% raw %}{{ x }}{% endraw %}\n```").text).toBe("```\n{{ x }}\n```")
    expect(read("jekyll", "{% raw %}\n```\n{{ x }}\n```\n{% endraw %}").text).toBe("\n```\n{{ x }}\n```\n")
  })
})

describe("I2: addresses of the old site", () => {
  const target = (address: string, generator: GeneratorName = "hugo", site: Partial<ArchiveSite> = {}) =>
    oldSite(generator, site).target(address, a)

  it.each([
    ["b.md", "/notes/b"],
    ["./b.md#part", "/notes/b#part"],
    ["../blog/c/index.md", "/notes/c"],
    ["c/", "/notes/c"],
    ["../b", "/notes/b"],
    ["/blog/b/", "/notes/b"],
    ["/BLOG/b/index.html?x=1#y", "/notes/b#y"],
    ["/old/b.html", "/notes/b"],
    ["https://old.example/blog/b/", "/notes/b"],
    ["http://www.old.example/blog/b", "/notes/b"],
    ["//old.example/blog/b", "/notes/b"],
    ["https://new.example/blog/b/", "/notes/b"],
    ["@/blog/b.md", "/notes/b"],
    ["@/blog/c/index.md#x", "/notes/c#x"],
    ["{filename}b.md", "/notes/b"],
    ["/_posts/2024-01-01-x.md", "/notes/x"],
    ["/notes/old-note/", "/notes/old-note"],
    ["Old%20Note.md", "/notes/old-note"],
    ["None.md", undefined],
    ["../notes/Old%20Note.md", "/notes/old-note"],
    ["/anywhere/else/b", undefined],
    ["/2009/05/a-long-name/", "/notes/a-long-name"],
    ["/2009/05/a-long-name.zip", undefined],
    ["/elsewhere/blog/b", undefined],
    ["/blog/b.md", "/notes/b"],
    ["notes/Old%20Note.md", "/notes/old-note"],
    ["{{ site.url }}/blog/b", undefined],
    ["/tags/Big%20Birds/", "/tag/big-birds"],
    ["/index.xml", "/feed.rss"],
    ["https://old.example/", "/"]
  ])("%s leads to %s", (address, expected) => {
    const found = target(address)
    expect(found.kind === "here" ? found.address : undefined).toBe(expected)
  })

  it("below a base path", () => {
    expect(target("/base/blog/b/", "jekyll", { basePath: "/base" })).toEqual({ kind: "here", address: "/notes/b" })
    expect(target("https://old.example/base/blog/b/", "jekyll", { basePath: "/base" })).toMatchObject({
      address: "/notes/b"
    })
  })

  it.each(["https://other.example/blog/b/", "#here", "mailto:a@b.example", "ftp://old.example/blog/b", "", "tel:1"])(
    "%j is ignored by the import",
    (address) => expect(target(address)).toEqual({ kind: "elsewhere" })
  )

  it("a path that is no page may be a file", () => {
    expect(target("/files/a%20b.pdf?x#y")).toEqual({ kind: "old", path: "/files/a b.pdf", fragment: "#y" })
    expect(target("https://old.example/x.png")).toEqual({ kind: "old", path: "/x.png", fragment: "" })
    expect(target("@/blog/none.md")).toMatchObject({ kind: "old" })
  })
})

describe("references in a text", () => {
  const found = (text: string, isHtml = false) =>
    finished(referencesIn(text, isHtml)).map(({ address, kind }) => `${kind} ${address}`)

  it("are links, pictures, definitions and those of HTML, none in code", () => {
    expect(
      found(
        [
          "[a](b.md 'T') ![c](<d e.png>) [f](g(h).md) [`[x]`](i.md) [![j](k.png)](l.md) [m]( n.md )",
          "`[no](no.md)` \\[no](no) [no] (no) [no](a b)",
          "<https://old.example/o> <img alt='p' src=\"q.png\"> <a class=x href=r.md>s</a> <!-- [no](no) -->",
          "",
          "[t]: u.md 'title'",
          "[v]: <w x.md>",
          "[^1]: [y](z.md)",
          "",
          "```",
          "[no](no)",
          "```"
        ].join("\n")
      )
    ).toEqual([
      "link b.md",
      "image d e.png",
      "link g(h).md",
      "link i.md",
      "image k.png",
      "link l.md",
      "link n.md",
      "link https://old.example/o",
      "image q.png",
      "link r.md",
      "definition u.md",
      "definition w x.md",
      "link z.md"
    ])
    expect(
      found('<p>[no](no) <video poster="a.jpg"><source src="b.mp4"></video><pre><a href="no"></pre>', true)
    ).toEqual(["image a.jpg", "image b.mp4"])
  })

  it("include the whole picture and its description", () => {
    const text = "x ![an *alt*](a.png 'T') <img src=b.png alt=\"B &amp; c\"> y"
    expect(
      finished(referencesIn(text, false)).map(({ whole }) => [text.slice(whole?.start, whole?.end), whole?.alt])
    ).toEqual([
      ["![an *alt*](a.png 'T')", "an *alt*"],
      ['<img src=b.png alt="B &amp; c">', "B & c"]
    ])
  })
})

const marks = [
  "{%",
  "%}",
  "{{",
  "}}",
  "{{<",
  ">}}",
  "{#",
  "{% raw %}",
  "{% endraw %}",
  "{% end %}",
  "{% if x %}",
  "{{< a >}}",
  "{{< /a >}}",
  "{{</*",
  "*/>}}",
  "{:",
  "}",
  "{: .a",
  "[[",
  "]]",
  "![[",
  "|",
  "%%",
  "==",
  "[",
  "](",
  ")",
  "![",
  "<a href='",
  "<img src=",
  ">",
  "> [!",
  ":::",
  "!!! ",
  "```",
  "`",
  "<!--",
  "-->",
  "[a]: ",
  "<",
  "\\",
  '"',
  "'",
  "\n",
  "\n\n",
  "    ",
  "x",
  "[caption]",
  "[/caption]",
  "<Foo ",
  "import x from 'y'\n",
  "# "
]

describe("any text", () => {
  it.prop(
    "is read by every generator",
    [
      FastCheck.array(FastCheck.constantFrom(...marks), { maxLength: 60 }),
      FastCheck.constantFrom(...generatorNames),
      FastCheck.boolean()
    ],
    ([pieces, generator, isHtml]) => {
      const { text } = read(generator, pieces.join(""), { isHtml, from: page("content/x.mdx", "x", []) })
      for (const { end, start } of finished(referencesIn(text, isHtml))) expect(end).toBeGreaterThanOrEqual(start)
    }
  )

  it.each(["jekyll", "obsidian", "wordpress"] as const)(
    "that repeats a mark is read by %s in linear time",
    (generator) => {
      const from = page("content/x.mdx", "x", [])
      for (const mark of marks) {
        const text = mark.repeat(60_000 / mark.length)
        const start = performance.now()
        finished(referencesIn(read(generator, text, { from }).text, false))
        expect(performance.now() - start, mark).toBeLessThan(5_000)
      }
    }
  )

  it("may have more references than a call has arguments", () => {
    expect(finished(referencesIn("[a](/b) ".repeat(150_000), false))).toHaveLength(150_000)
    expect(finished(referencesIn('<a href="/b">'.repeat(150_000), true))).toHaveLength(150_000)
  })
})

describe("S2: a long text is converted in steps", () => {
  /** The steps of the conversion of a text, as an import runs them. */
  function* steps(text: string): Steps<unknown> {
    const made = yield* archiveText(text, false, page("content/x.mdx", "x", []), oldSite("jekyll"))
    return { ...made, references: yield* referencesIn(made.text, false) }
  }

  const prose = "Lorem *ipsum* [a link](/blog/b/) with `code`, ![a picture](/a.png).\n\n"

  /** Most lines or constructs of one step. */
  const perStep = 16

  it.each(["`a` ", "{% a %}", "{{ a }}", "[a](b) ", '<a href="b">', "[[a]] ", "<Foo/>", "a\n", prose])(
    "none of which has more than a few constructs, for %j",
    (unit) => {
      const count = 5_000
      const work = steps(unit.repeat(count))
      let taken = 0
      while (work.next().done !== true) taken += 1
      expect(taken).toBeGreaterThanOrEqual(count / perStep)
    }
  )

  it.prop(
    "and is the same whatever runs between them",
    [
      FastCheck.array(FastCheck.constantFrom(...marks), { maxLength: 60 }),
      FastCheck.array(FastCheck.constantFrom(...marks))
    ],
    ([pieces, others]) => {
      const text = pieces.join("")
      const [work, between] = [steps(text), steps(others.join(""))]
      let step = work.next()
      while (step.done !== true) {
        between.next()
        step = work.next()
      }
      expect(step.value).toEqual(finished(steps(text)))
    }
  )
})
