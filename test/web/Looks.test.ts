import { describe, expect, it } from "@effect/vitest"
import { Effect, Option } from "effect"
import {
  defaultLook,
  fontChoices,
  type Look,
  lookName,
  lookOfName,
  presets,
  schemes,
  widths
} from "../../src/web/theme/Look.js"
import { lookStylesheet } from "../../src/web/theme/Stylesheet.js"
import { blogServer } from "../fixtures/BlogServer.js"

const every: ReadonlyArray<Look> = presets.flatMap((preset) =>
  fontChoices.flatMap((font) =>
    widths.flatMap((width) =>
      schemes.flatMap((scheme) =>
        [Option.none(), Option.some("#c2185b")].map((accent) => ({ accent, font, preset, scheme, width }))
      )
    )
  )
)

/** Relative luminance of `#rgb` or `#rrggbb` (WCAG 2.2). */
const luminance = (hex: string): number => {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit.repeat(2)).join("") : hex.slice(1)
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (a: string, b: string): number => {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one)
  return (lighter + 0.05) / (darker + 0.05)
}

/** Both values of the last rule for a token: light and dark. */
const token = (css: string, name: string): readonly [string, string] => {
  const [, light = "", dark = ""] =
    [...css.matchAll(new RegExp(`--${name}:\\s*light-dark\\((#\\w+),\\s*(#\\w+)\\)`, "g"))].at(-1) ?? []
  return [light, dark]
}

describe("looks", () => {
  it("have a name that says everything about them", () => {
    for (const look of every) expect(lookOfName(lookName(look))).toEqual(Option.some(look))
    for (const name of [
      "",
      "paper",
      "other-preset-usual-auto",
      "paper-preset-usual-auto-12345",
      "paper-preset-usual-auto-c2185b-x"
    ]) {
      expect(lookOfName(name), name).toEqual(Option.none())
    }
  })

  it("change tokens and fonts only", () => {
    const rules = every.map((look) =>
      lookStylesheet(look)
        .content.replace(/@font-face\s*\{[^}]*\}/g, "")
        .replace(/:root\s*\{[^}]*\}/g, "")
    )
    expect(new Set(rules).size).toBe(1)
  })

  it("keep a chosen accent readable on every background, and text on it", () => {
    const accents = Array.from({ length: 24 }, (_, index) =>
      [0x2b, 0x95, 0xc7].map((factor) => ((factor * (index + 1) * 7) % 256).toString(16).padStart(2, "0")).join("")
    )
    for (const preset of presets) {
      for (const hex of ["000000", "ffffff", "ffe600", "0000ff", "ff0000", "808080", ...accents]) {
        const css = lookStylesheet({ ...defaultLook, preset, accent: Option.some(`#${hex}`) }).content
        for (const scheme of [0, 1] as const) {
          const [accent, onAccent, bg, surface, tint] = ["accent", "on-accent", "bg", "surface", "tint"].map(
            (name) => token(css, name)[scheme]
          )
          for (const behind of [bg, surface, tint, onAccent]) {
            expect(
              contrast(accent ?? "", behind ?? ""),
              `${preset} ${hex} ${scheme}: ${accent} on ${behind}`
            ).toBeGreaterThanOrEqual(4.5)
          }
        }
      }
    }
  })

  it.scopedLive("have a stylesheet at an address of this version only, which caches may keep", () =>
    Effect.gen(function* () {
      const { get } = yield* blogServer([])
      const { content, path } = lookStylesheet({ ...defaultLook, preset: "night", accent: Option.some("#123456") })
      const found = yield* get(path)
      expect([found.status, found.headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"])
      expect(yield* Effect.promise(() => found.text())).toBe(content)
      expect((yield* get(path.replace(/\.\w+\.css$/, ".old.css"))).status).toBe(404)
      expect((yield* get(path.replace("night", "neon"))).status).toBe(404)
    })
  )
})
