import { fill, formType, jsonType, mebibyte, type NastyRequest, runs, shown, some } from "./NastyShapes.js"

/** Slow requests of apps. */
export const micropub = ({ isAll }: { readonly isAll: boolean }): ReadonlyArray<NastyRequest> => {
  const json = (name: string, value: () => unknown): NastyRequest => ({
    name: `micropub JSON ${name}`,
    method: "POST",
    path: "/micropub",
    as: "token",
    headers: jsonType,
    isFollowed: true,
    body: () => (typeof value === "function" ? JSON.stringify(value()) : "")
  })
  const text = (name: string, body: () => string): NastyRequest => ({
    name: `micropub JSON ${name}`,
    method: "POST",
    path: "/micropub",
    as: "token",
    headers: jsonType,
    body
  })
  const form = (name: string, body: () => string): NastyRequest => ({
    name: `micropub form ${name}`,
    method: "POST",
    path: "/micropub",
    as: "token",
    headers: formType,
    body
  })
  const room = mebibyte - 200
  const of = (properties: unknown) => ({ type: ["h-entry"], properties })
  const many = (count: number, length: number, value: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => fill(value(index), length))
  const members = (count: number) => Array.from({ length: count }, (_, index) => `"p${index}":1`).join(",")
  const objects = (count: number) =>
    Array.from({ length: count }, () => `{${members(12)},"a":{"b":{"c":{}}}}`).join(",")
  const deep = (open: string, close: string, count: number) => `${open.repeat(count)}1${close.repeat(count)}`
  return [
    ...(isAll ? runs : some).flatMap((run) => [
      json(`content ${shown(run)}`, () =>
        of({ content: [fill(run, Math.floor(room / (JSON.stringify(run).length - 2)) * run.length)] })
      ),
      json(`html ${shown(run)}`, () =>
        of({ content: [{ html: fill(run, Math.floor(room / (JSON.stringify(run).length - 2)) * run.length) }] })
      )
    ]),
    ...[
      "name",
      "summary",
      "category",
      "mp-slug",
      "published",
      "photo",
      "in-reply-to",
      "like-of",
      "location",
      "x-own",
      "post-status"
    ].flatMap((name) =>
      [...some, "a", "2026-01-01T00:00:00", "http://a.b/", "/a"].map((run) =>
        json(`${name} ${shown(run)}`, () =>
          of({ content: ["a"], [name]: [fill(run, Math.floor(room / (JSON.stringify(run).length - 2)) * run.length)] })
        )
      )
    ),
    json("200 tags of 5 kB", () => of({ content: ["a"], category: many(200, 5_000, (index) => `tag${index}é`) })),
    json("200 photos", () =>
      of({ photo: many(200, 5_000, (index) => `https://a.example/${index}`).map((value) => ({ value, alt: "b" })) })
    ),
    json("200 photos with &", () => of({ photo: many(200, 4_900, (index) => `https://a.example/${index}?a&`) })),
    json("200 replies", () =>
      of({ content: ["a"], "in-reply-to": many(200, 5_000, (index) => `https://a.example/${index}`) })
    ),
    json("100 properties of 200 values", () =>
      of(
        Object.fromEntries([
          ["content", ["a"]],
          ...Array.from({ length: 24 }, (_, index) => [`p${index}`, many(200, 100, (at) => `${at} `)])
        ])
      )
    ),
    json("100,000 properties", () =>
      of(Object.fromEntries(Array.from({ length: 80_000 }, (_, index) => [`p${index}`, 1])))
    ),
    json("one object of 80,000 members", () =>
      of({ content: ["a"], a: [Object.fromEntries(Array.from({ length: 80_000 }, (_, index) => [`p${index}`, 1]))] })
    ),
    json("an update that adds 200 objects", () => ({
      action: "update",
      url: "/none",
      add: {
        category: Array.from({ length: 200 }, (_, index) => ({
          type: ["h-card"],
          properties: { name: [fill(`${index}`, 4_000)] }
        }))
      }
    })),
    text("500,000 numbers", () => `{"properties":{"content":["a"],"a":[${fill("1,", room - 1)}1]}}`),
    text("empty objects", () => `{"properties":{"content":["a"],"a":[${"{},".repeat(340_000)}1]}}`),
    text("deep lists", () => deep("[", "]", room / 2)),
    text("deep objects", () => deep('{"a":', "}", room / 8)),
    text("one long key", () => `{"${fill("k", room)}":1}`),
    text("10,000 members", () => `{"properties":{"content":["a"],"a":[{${members(9_990)}}]}}`),
    text("10,000 properties", () => `{"properties":{${members(9_990)}}}`),
    text("5,000 lists", () => `{"properties":{"content":["a"],"a":[${fill("[],", 3 * 4_990)}1]}}`),
    text("120 objects of 13 members", () => `{"properties":{"content":["a"],"a":[${objects(120)}]}}`),
    text("broken at its end", () => `{"properties":{"content":["${fill("a", room)}`),
    text("escapes", () => `{"properties":{"content":["${fill("\\u0041", Math.floor(room / 6) * 6)}"]}}`),
    text("surrogates", () => `{"properties":{"content":["${fill("\\ud800", Math.floor(room / 6) * 6)}"]}}`),
    form("brackets in a name", () => `${fill("a[", mebibyte - 10)}=b`),
    form("pairs of brackets in a name", () => `a${fill("[]", mebibyte - 10)}=b`),
    form("an unclosed name", () => `a${fill("[a]", mebibyte - 12)}[=b`),
    form("1,000 bracketed fields", () =>
      Array.from({ length: 1_000 }, (_, index) => `p[${index}][a][b][c][d]${"[]".repeat(5)}=${"x".repeat(900)}`).join(
        "&"
      )
    ),
    form("1,000 open elements", () =>
      Array.from({ length: 1_000 }, (_, index) => `p[][${fill(`k${index}`, 990)}]=1`).join("&")
    ),
    form("1,000 photos with alt", () =>
      Array.from(
        { length: 500 },
        (_, index) => `photo[${index}][value]=https://a.example/${index}&photo[${index}][alt]=${"x".repeat(1_900)}`
      ).join("&")
    ),
    form("an unknown action", () => `action=${fill("a", mebibyte - 20)}`),
    form("an unknown type", () => `h=${fill("a", mebibyte - 20)}&content=a`),
    form("an unknown address", () => `action=delete&url=${fill("a/", mebibyte - 40)}`),
    form("an address of ours", () => `action=delete&url=http://127.0.0.1/${fill("%2e/", mebibyte - 60)}`)
  ]
}
