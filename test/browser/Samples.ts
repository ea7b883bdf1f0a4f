import type { Post } from "../../src/domain/posts/Post.js"
import { post } from "../fixtures/SamplePost.js"

const article = `A blog is a notebook that other people may read. This one has **bold**, *italic*, \`inline code\`, a [link](https://example.com/), and a line that is long enough to show how the measure sits on the page.

## What a list looks like

- First things first
- Second, with a \`value\` in it
  - and one below it
1. Numbers
2. count

> The best time to write it down was yesterday. The second best time is before you have forgotten what it was.

\`\`\`ts
export const greeting = (name: string): string => \`Hello, \${name}! This line of code is long enough that it has to scroll sideways on a phone.\`
\`\`\`

| Pool | Readers | p50 | p99 | Remarks that take some room in their column |
|:--|--:|--:|--:|:--|
| in thread | 4 | 1,077 ms | 2,039 ms | everything waits for the scan |
| workers | 2 | 1.2 ms | 15.4 ms | nothing waits for anything |

![A drawing of a star over a line of text](/favicon.svg)

### A smaller heading

Text after it, and a footnote of sorts.

---

The end.`

const longWord = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3)

/** Posts of every kind and shape. */
export const samples: ReadonlyArray<Post> = [
  {
    slug: "article",
    properties: { name: ["On keeping a notebook in public"], content: [article], category: ["Writing", "IndieWeb"] }
  },
  { properties: { content: ["Coffee first, then the migrations. ☕️"] } },
  {
    properties: {
      content: ["A lovely piece on what a personal site is for. I would only add that it should be quick."],
      "in-reply-to": ["https://example.com/2026/what-is-a-personal-site-for"],
      category: ["replies"]
    }
  },
  {
    slug: "tags",
    properties: {
      content: ["A note about a great many things, as its tags tell."],
      category: [
        "effect",
        "typescript",
        "sqlite",
        "indieweb",
        "micropub",
        "slow web",
        "日本語",
        "ünïcödé",
        "a tag of several words",
        "css",
        "typography",
        "notes",
        "http",
        "webmention",
        "microformats"
      ]
    }
  },
  {
    slug: "long-words",
    properties: {
      name: [`${longWord} im Titel`],
      content: [`Ein Wort: ${longWord} und https://example.com/${"path/".repeat(60)}`],
      category: [longWord.slice(0, 90)]
    }
  },
  {
    slug: "long-words-note",
    properties: { content: [`${longWord} \`${longWord}\``], "bookmark-of": [`https://example.com/${"a".repeat(300)}`] }
  },
  {
    slug: "cjk",
    properties: {
      content: [
        "今日は雨が降っています。小さな喫茶店で、古いノートを読み返しながら、新しいブログの文章を書いています。静かな午後です。\n\n春天来了,花园里的樱花开得正盛。我们沿着河边散步,谈论着各自的计划和梦想。"
      ],
      category: ["日本語", "中文"]
    }
  },
  {
    slug: "rtl",
    properties: {
      name: ["مفكرة على الإنترنت"],
      content: [
        "هذا نص عربي لاختبار اتجاه الكتابة من اليمين إلى اليسار، مع كلمة English في وسطه.\n\n> اقتباس قصير من كتاب قديم.\n\n- بند أول\n- بند ثان"
      ],
      category: ["عربي"]
    }
  },
  {
    slug: "rtl-note",
    properties: { content: ["שלום עולם! זוהי הערה קצרה בעברית, עם קישור אל https://example.com/ בסופה."] }
  },
  {
    slug: "photo",
    properties: {
      content: ["The garden this morning."],
      photo: [{ value: "/favicon.svg", alt: "A star" }],
      category: ["photos"]
    }
  },
  { properties: { "like-of": ["https://example.com/a-post"] } },
  {
    slug: "event",
    type: "h-event",
    properties: {
      name: ["Homebrew Website Club, autumn meeting with a long name"],
      start: ["2026-11-25T18:30:00+01:00"],
      end: ["2026-11-25T21:00:00+01:00"],
      location: [
        {
          type: ["h-card"],
          properties: { name: ["The Pub"], locality: ["Nuremberg"], url: ["https://pub.example/"] }
        }
      ],
      content: ["Bring a laptop and something you would like to change on your site."],
      category: ["indieweb"]
    }
  },
  { slug: "rsvp", properties: { "in-reply-to": ["https://example.com/events/autumn-meeting"], rsvp: ["maybe"] } },
  {
    slug: "repost",
    properties: {
      "repost-of": [
        { type: ["h-cite"], properties: { name: ["A post of somebody else"], url: ["https://example.com/theirs"] } }
      ]
    }
  },
  {
    slug: "checkin",
    properties: {
      content: ["The first sun in weeks."],
      checkin: [{ type: ["h-card"], properties: { name: ["Lake Constance"], url: ["https://example.com/lake"] } }]
    }
  },
  {
    slug: "book",
    properties: {
      summary: ["Want to read: A Book of Margins by An Author, ISBN: 9780000000000"],
      "read-status": ["to-read"],
      "read-of": [
        {
          type: ["h-cite"],
          properties: {
            name: ["A Book of Margins"],
            author: ["An Author", "Another"],
            url: ["https://books.example/1"]
          }
        }
      ],
      category: ["books", { type: ["h-card"], properties: { name: ["Sam"], url: ["https://sam.example/"] } }],
      syndication: ["https://social.example/@ada/1", "https://swarmapp.com/checkin/abc"]
    }
  },
  {
    slug: "venue",
    properties: {
      content: ["A quiet table by the window."],
      photo: [{ value: "/favicon.svg", alt: "A star" }],
      checkin: [
        {
          type: ["h-card"],
          properties: {
            name: ["The Long Name of a Café near the Station"],
            url: ["https://foursquare.com/v/4b0"],
            "street-address": ["12 Any Street"],
            locality: ["Nuremberg"],
            "country-name": ["Germany"],
            latitude: [49.45],
            longitude: [11.08]
          }
        }
      ],
      category: [{ type: ["h-card"], properties: { name: ["Kim"], url: ["https://kim.example/"] } }],
      syndication: ["https://www.swarmapp.com/user/1/checkin/2"]
    }
  },
  {
    slug: "facts",
    type: "h-review",
    properties: {
      item: [{ type: ["h-product"], properties: { name: ["A Lamp"], url: ["https://shop.example/lamp"] } }],
      rating: [4],
      summary: ["Good light, heavy foot"],
      content: ["It stands where it is put."],
      location: ["geo:49.45,11.08"],
      weather: ["Sleet, later snow"],
      "a-property-with-a-long-name": [longWord, "https://example.com/a-long-address/".repeat(6)],
      distance: [{ type: ["h-measure"], properties: { num: [5], unit: ["km"] } }]
    }
  },
  { slug: "meal", properties: { ate: [{ type: ["h-food"], properties: { name: [`Soup with ${longWord}`] } }] } },
  { slug: "place", properties: { content: ["Sun at last."], location: ["Lake Constance"] } },
  {
    slug: "html",
    properties: {
      content: [
        {
          html: '<p>HTML from a client, with <mark>a mark</mark>, <kbd>Ctrl</kbd>+<kbd>K</kbd>, H<sub>2</sub>O.</p><details><summary>More of it</summary><p>Inside.</p></details><figure><img src="/favicon.svg" alt=""><figcaption>A caption under a figure</figcaption></figure>'
        }
      ]
    }
  },
  ...Array.from({ length: 14 }, (_, index) => ({
    properties: {
      content: [
        `An older note, number ${14 - index}. Short, as most of them are, but long enough for a second line on a phone.`
      ]
    }
  }))
].map((each, index) =>
  post({
    id: 100 - index,
    ...each,
    ...(index === 0 && { createdAt: 0 }),
    publishedAt: Date.UTC(2026, 10, 23, 9, 41) - index * 31 * 3_600_000
  })
)
