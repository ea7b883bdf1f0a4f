import { describe, expect, it } from "vitest"
import { cssFault, longestCss } from "../../../src/domain/site/CustomCss.js"

describe("custom CSS", () => {
  it.each([
    ["an import", '@import "x.css";', "import"],
    ["an import behind escapes", "@im\\70ort url(x.css);", "import"],
    ["a picture of another site", "a{background:url(https://evil.example/x)}", "remote"],
    ["without a scheme", "a{background:url(//evil.example/x)}", "remote"],
    ["with backslashes", "a{background:url('\\\\\\\\evil.example/x')}", "remote"],
    ["behind escapes", "a{background:u\\72l(https://evil.example/x)}", "remote"],
    ["behind a line break in the scheme", 'a{background:url("ht\\9 tps://evil.example/x")}', "remote"],
    [
      "after what only looks like the start of a comment",
      'a{content:"/*";background:url(https://evil.example)}',
      "remote"
    ],
    ["after an escaped slash", "\\/* url(https://evil.example) */", "remote"],
    ["in a set", "a{background:image-set('https://evil.example/x' 1x)}", "remote"],
    ["in a set, by a variable", "a{--x:'https://evil.example';background:image-set(var(--x) 1x)}", "remote"],
    [
      "in a set, by a function of the stylesheet",
      "@function --f(){result:'https://evil.example'}a{background:image-set(--f() 1x)}",
      "remote"
    ],
    ["in a set, by an inherited variable", "a{background:image-set(inherit(--x) 1x)}", "remote"],
    ["in a set, by a function that is not known yet", "a{background:image-set(later(--x) 1x)}", "remote"],
    ["a font of another site", "@font-face{font-family:x;src:url(https://evil.example/x.woff2)}", "remote"],
    ["a script in an address", "a{background:url(javascript:alert(1))}", "remote"],
    ["a document in an address", "a{background:url(data:text/html,x)}", "remote"],
    ["an address that does not end", "a{background:url(x y)}", "remote"],
    ["the end of its element", "a{}</style><script>", "closing"],
    ["a comment of HTML", "<!-- a{} -->", "closing"],
    ["control characters", "a{}\u0001", "characters"],
    ["half a character", "a{}\ud800", "characters"],
    ["too much", `a{}${" ".repeat(longestCss)}`, "too_long"]
  ])("refuses %s", (_, css, fault) => expect(cssFault(css)).toBe(fault))

  it.each([
    ["nothing", ""],
    ["files of this site", 'a{background:url("/media/x.png") url(x.png) url(#a) url(data:image/png;base64,AA==)}'],
    ["texts and comments that mention addresses", 'a{content:"https://a.example"}/* url(https://a.example) @import */'],
    [
      "gradients and types in a set",
      "a{background:image-set(linear-gradient(rgb(0 0 0),#fff) 1x,'/a.png' type('image/png'))}"
    ],
    ["media, layers, nesting and variables", "@layer x{@media print{a{--y:1;&:hover{color:var(--y)}}}}"],
    ["what browsers would ignore", "} a { color: ]]>"],
    ["exactly the limit", "é".repeat(longestCss / 2)]
  ])("takes %s", (_, css) => expect(cssFault(css)).toBeUndefined())
})
