import type { Post } from "../../src/domain/posts/Post.js"
import { post } from "../fixtures/SamplePost.js"

const paragraph =
  "Every December the bookshop puts a small grey booklet next to the till. It holds seven hundred predictions, one for each high water of the coming year, and it has never once been wrong about the moon. About the water it is wrong nearly every day, and nobody throws it away for that. "

/** A picture of this site, by an address that says its size. */
const picture = (letter: string, width: number, height: number) => `/media/${letter.repeat(32)}-${width}x${height}.jpg`

const cite = (name: string, url: string) => ({ type: ["h-cite"], properties: { name: [name], url: [url] } })

type Sample = Parameters<typeof post>[0] & { readonly hours: number }

/** Hours after midnight of 25 November 2026. */
const samples: ReadonlyArray<Sample> = [
  {
    hours: 82,
    slug: "article",
    properties: {
      name: ["What eleven years of tide tables taught me about caching"],
      summary: ["A tide table is a cache that is never wrong and always late. Three lessons from a paper booklet."],
      content: [`${paragraph.repeat(4)}\n\n## The wind is not in the table\n\n${`${paragraph}\n\n`.repeat(8)}`],
      category: ["software", "tides"],
      featured: [picture("a", 1600, 900)]
    }
  },
  {
    hours: 80,
    slug: "note",
    properties: {
      content: [
        "Minus three this morning and the flats smoke like a bakery. The oystercatchers stand on one leg each. 🐦"
      ],
      category: ["birds", "frost"]
    }
  },
  {
    hours: 64,
    slug: "photo",
    properties: {
      content: ["Between two showers."],
      photo: [{ value: picture("b", 1200, 800), alt: "Marram grass on a row of low dunes" }],
      category: ["dunes"]
    }
  },
  {
    hours: 62,
    slug: "like",
    properties: { "like-of": [cite("A field guide to the clouds", "https://clouds.example/")] }
  },
  {
    hours: 61,
    properties: {
      name: ["Notes on very long compounds"],
      "bookmark-of": ["https://woorden.example/long"],
      category: ["words"]
    }
  },
  { hours: 60, properties: { "repost-of": [cite("The ferry runs an extra boat", "https://www.ferry.example/1")] } },
  { hours: 59, properties: { "like-of": [cite("كيف تُصنع خريطة للمدّ والجزر", "https://bahr.example/")] } },
  {
    hours: 57,
    slug: "reply",
    properties: {
      content: ["The kitchen. The bread decides, and the bread lives in the kitchen."],
      "in-reply-to": [
        {
          type: ["h-cite"],
          properties: {
            name: ["Which room do you heat first?"],
            url: ["https://ben.example/2026/heating"],
            author: [{ type: ["h-card"], properties: { name: ["Ben Sample"], url: ["https://ben.example/"] } }]
          }
        }
      ]
    }
  },
  {
    hours: 21,
    slug: "gallery",
    properties: {
      content: ["Three things seen from the same kitchen chair."],
      photo: [
        { value: picture("c", 1200, 800), alt: "A sailing boat" },
        { value: picture("d", 1000, 1000), alt: "A plant" },
        { value: picture("e", 1000, 1000), alt: "A head of kale" }
      ]
    }
  },
  {
    hours: 14,
    slug: "rtl",
    properties: { content: ["وصلت اليوم رسالة من عمّتي في طنجة: البحر هناك دافئ."], category: ["رسائل"] }
  },
  {
    hours: 10,
    properties: {
      checkin: [{ type: ["h-card"], properties: { name: ["Café Het Dok"], url: ["https://hetdok.example/"] } }]
    }
  },
  {
    hours: 8,
    properties: {
      name: ["Rye, water, salt, patience"],
      summary: ["The whole recipe, including the part that cookbooks leave out."],
      content: [paragraph.repeat(12)],
      category: ["bread"]
    }
  },
  ...Array.from({ length: 8 }, (_, index) => ({
    hours: -20 * (index + 1),
    properties: { content: [`An older note, number ${8 - index}. ${paragraph.slice(0, 120)}`], category: ["older"] }
  }))
]

/** Twenty posts as on the mock-up of a home page: articles, notes, pictures, a reply, and links. */
export const mixed: ReadonlyArray<Post> = samples.map(({ hours, ...sample }, index) =>
  post({
    id: 100 - index,
    ...sample,
    publishedAt: Date.UTC(2026, 10, 25) + hours * 3_600_000
  })
)
