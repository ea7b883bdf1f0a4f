import { fill, formType, mebibyte, multipartType, type NastyRequest, raw, runs, shown, some } from "./NastyShapes.js"

/** Slow forms of the owner. */
export const editor = ({ isAll }: { readonly isAll: boolean }): ReadonlyArray<NastyRequest> => {
  const post = (
    path: string,
    name: string,
    body: () => string,
    headers: Readonly<Record<string, string>> = formType
  ) => ({
    name: `${path} ${name}`,
    method: "POST" as const,
    path,
    as: "owner" as const,
    headers,
    body
  })
  const largest = 12 * mebibyte
  const fields = [
    "content",
    "name",
    "summary",
    "category",
    "slug",
    "published",
    "in-reply-to",
    "location",
    "rsvp",
    "start",
    "lang",
    "intent"
  ]
  return [
    ...["/admin/preview", "/admin/autosave"].flatMap((path) => [
      ...(isAll ? runs : some).map((run) =>
        post(path, `content ${shown(run)}`, () => `intent=draft&content=${raw(fill(run, mebibyte - 16))}`)
      ),
      post(path, 'content 12 MB of "a"', () => `intent=draft&content=${fill("a", largest - 40)}`),
      post(path, "content 12 MB of CR", () => `intent=draft&content=${fill("\r", largest - 40)}`),
      post(path, "content 12 MB of %0D%0A", () => `intent=draft&content=${fill("%0D%0A", largest - 40)}`),
      post(path, "content 12 MB of %00", () => `intent=draft&content=${fill("%00", largest - 40)}`),
      post(path, "1,000 fields", () => fill("content=a&", 10_000 - 1)),
      post(path, "a million fields", () => fill("a=b&", mebibyte)),
      post(path, "separators", () => fill("&", largest)),
      post(path, "equals signs", () => fill("=", largest)),
      post(path, "escapes", () => `a=${fill("%25", largest - 3)}`)
    ]),
    ...(isAll ? runs : some).flatMap((run) => [
      {
        ...post("/admin/new", `content ${shown(run)}`, () => `intent=publish&content=${raw(fill(run, mebibyte - 16))}`),
        isFollowed: true
      },
      post("/admin/new", `too long content ${shown(run)}`, () => `intent=draft&content=${raw(fill(run, 1_300_000))}`)
    ]),
    ...fields.flatMap((field) => [
      post("/admin/new", `${field} "<"`, () => `intent=draft&content=a&${field}=${fill("<", 4_000_000)}`),
      post("/admin/new", `${field} "&"`, () => `intent=draft&content=a&${field}=${fill("%26", 4_000_000)}`)
    ]),
    ...fields.flatMap((field) =>
      [...some, "a", "2026-01-01T00:00", "https://a.example/ ", "#"].map((run) =>
        post(
          "/admin/preview",
          `${field} ${shown(run)}`,
          () => `intent=publish&content=a&${field}=${raw(fill(run, 4 * mebibyte - 100))}`
        )
      )
    ),
    ...["/admin/preview", "/admin/new"].flatMap((path) =>
      ["&", "<", '"'].map((run) =>
        post(path, `media ${shown(run)}`, () =>
          fill(`media_url=/${raw(fill(run, 500))}&media_property=photo&media_alt=${raw(fill(run, 500))}&`, 900_000)
        )
      )
    ),
    post("/admin/preview", "media", () =>
      fill(`media_url=${"/a".repeat(400)}&media_property=photo&media_alt=${"b".repeat(400)}&`, 400_000)
    ),
    post(
      "/admin/new",
      "multipart, one text",
      () =>
        `--b\r\nContent-Disposition: form-data; name="content"\r\n\r\n${fill("\r", 4 * mebibyte - 200)}\r\n--b--\r\n`,
      multipartType
    ),
    post(
      "/admin/new",
      "multipart, many parts",
      () => `${fill('--b\r\nContent-Disposition: form-data; name="content"\r\n\r\na\r\n', 62 * 990)}--b--\r\n`,
      multipartType
    ),
    post("/admin/new", "multipart, boundaries", () => fill("--b\r\n", 4 * mebibyte), multipartType),
    post(
      "/admin/new",
      "multipart, half boundaries",
      () => `--b\r\nContent-Disposition: form-data; name="content"\r\n\r\n${fill("\r\n--", 3 * mebibyte)}\r\n--b--\r\n`,
      multipartType
    ),
    post(
      "/admin/new",
      "multipart, headers",
      () => `--b\r\n${fill("a: b\r\n", 4 * mebibyte)}\r\n--b--\r\n`,
      multipartType
    ),
    post(
      "/admin/new",
      "multipart, a long header",
      () => `--b\r\nContent-Disposition: form-data; ${fill('a="b"; ', 4 * mebibyte)}\r\n\r\n--b--\r\n`,
      multipartType
    )
  ]
}
