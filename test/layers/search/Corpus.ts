import type { Properties } from "../../../src/domain/posts/Microformats.js"
import type { Post } from "../../../src/domain/posts/Post.js"
import { renderingOf } from "../../../src/domain/posts/Rendering.js"
import { Slug } from "../../../src/domain/posts/Slug.js"

/** One day in milliseconds; the n-th post of a corpus is published on the n-th day of 1970. */
export const day = 86_400_000

/** A public note, published on the day of its number. */
export const note = (id: number, content: string, more: Partial<Post> & { readonly extra?: Properties } = {}): Post => {
  const { extra, ...rest } = more
  const properties = { content: [content], ...extra }
  return {
    id,
    slug: Slug.make(`n${id}`),
    feedId: `urn:starpunk:test:${id}`,
    type: "h-entry",
    properties,
    rendering: renderingOf(properties),
    status: "published",
    visibility: "public",
    publishedAt: id * day,
    createdAt: id * day,
    updatedAt: id * day,
    ...rest
  }
}

/** The instant at which the corpus is searched: some posts lie after it. */
export const today = 1_000 * day

const titled = (name: string, ...category: ReadonlyArray<string>) => ({ extra: { name: [name], category } })
const tagged = (...category: ReadonlyArray<string>) => ({ extra: { category } })

/** Posts that tell search engines apart. */
export const corpus: ReadonlyArray<Post> = [
  note(1, "The quick brown fox jumps over the lazy dog."),
  note(2, "A brown bear, quick on its feet (hello)\nand friendly"),
  note(3, "We went to a party; no painting there."),
  note(4, "Modern art is hard to like.", tagged("Museum", "art")),
  note(5, "Nothing to see here", titled("All about art")),
  note(6, "Sales grew by 100% this year, not 100 points."),
  note(7, "call under_score or underXscore or under score"),
  note(8, "back\\slash C:\\dir\\file"),
  note(9, "I write C++ and a.b.c and O'Reilly books"),
  note(10, "ÉCOLE normale, Ærøskøbing, STRASSE and Straße"),
  note(11, "e\u0301cole in decomposed letters, naïve café"),
  note(12, "今日は東京へ行きました。"),
  note(13, "京都と東の国"),
  note(14, "학교에서 공부했다"),
  note(15, "Launch day 🎉🎉 with 👩🏽‍🚀 on board"),
  note(16, '<img src=x onerror="alert(1)"> & "quotes" <b>bold</b>'),
  note(17, "Привет, мир. Ёлка и ёжик."),
  note(18, "ΟΔΥΣΣΕΥΣ and Οδυσσεύς"),
  note(19, "tag search", tagged("Two Words", "école")),
  note(20, "AND OR NOT NEAR(a b) title:foo ^begin zap* {x}"),
  note(21, "secret draft art", { status: "draft" }),
  note(22, "secret private art", { visibility: "private" }),
  note(23, "secret unlisted art", { visibility: "unlisted" }),
  note(24, "secret deleted art", { deletedAt: 24 * day }),
  note(25, "secret future art", { publishedAt: today + day }),
  note(26, "due art of this very instant", { publishedAt: today }),
  note(27, "", { extra: { photo: ["https://a.example/x.jpg"], name: ["A photo 写真"] } }),
  note(28, "สวัสดีชาวโลก and ﬁne ½ ①"),
  note(29, `${"x ".repeat(2_000)}needle${" y".repeat(2_000)}`),
  note(30, "Released v1.25.3 of the library."),
  ...Array.from({ length: 30 }, (_, i) => note(100 + i, `common word number ${i}`, tagged("many")))
]
