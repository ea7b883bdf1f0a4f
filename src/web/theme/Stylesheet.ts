import { Option } from "effect"
import { BoundedMap } from "../../domain/BoundedMap.js"
import type { CardColours } from "../../domain/site/PreviewCard.js"
import { version as programVersion } from "../../version.js"
import { accentOf } from "./Accent.js"
import { type Family, fontFaces, mainFont } from "./Fonts.js"
import { type Look, lookName } from "./Look.js"
import { fingerprint, type NamedAsset, stylesheetAsset } from "./NamedAsset.js"
import controls from "./style/Controls.css"
import frame from "./style/Frame.css"
import list from "./style/List.css"
import night from "./style/Night.css"
import page from "./style/Page.css"
import paper from "./style/Paper.css"
import prose from "./style/Prose.css"
import signal from "./style/Signal.css"
import tokens from "./style/Tokens.css"

/** All rules are in a layer, so that the owner's CSS, which is in none, wins without `!important`. */
export const layered = (css: string): string => `@layer site{${css}}`

/** Rules of all public pages and of the owner's pages. */
export const siteRules = `${frame}${list}${prose}`

/** Rules of permalinks, search and pages of structure, which the home page does not load. */
export const pageRules = `${page}${controls}`

/** The stylesheet of public pages with more than a list, in addition to the site's. */
export const pageStylesheet = stylesheetAsset("pages", layered(pageRules))

/** Rules of each look: its tokens. */
export const presetRules: Readonly<Record<Look["preset"], string>> = { paper, signal, night }

/** Families that a look may load. */
const familiesOf = ({ font, preset }: Look): ReadonlyArray<Family> => {
  if (font === "preset") return [preset === "signal" ? "Figtree" : "Literata"]
  return [font === "serif" ? "Literata" : "Figtree"]
}

const measures = { narrow: "36rem", wide: "44rem" }

/** Both values of a token in the rules of a look: `--bg:light-dark(#fff, #101114)`. */
const valuesOf = (token: string, rules: string): readonly [light: string, dark: string] => {
  const found = new RegExp(`--${token}:\\s*light-dark\\(\\s*(#\\w+)\\s*,\\s*(#\\w+)\\s*\\)`).exec(rules)
  const [, light = "#ffffff", dark = "#000000"] = found ?? []
  return [light, dark]
}

/** Colours of the preview cards of a look: those of its light scheme, unless the look is always dark. */
export const cardColours = ({ accent, preset, scheme }: Look): CardColours => {
  const rules = presetRules[preset]
  const isDark = scheme === "dark"
  const own = (token: string) => valuesOf(token, rules)[isDark ? 1 : 0]
  const background = own("bg")
  return {
    background,
    text: own("text"),
    muted: own("muted"),
    accent: Option.match(accent, {
      onNone: () => own("accent"),
      onSome: (chosen) => accentOf(chosen, { isDark, background, surface: own("surface") })?.accent ?? own("accent")
    })
  }
}

/** The tokens of an accent that the owner chose. */
const accentTokens = (chosen: string, rules: string): string => {
  const backgrounds = valuesOf("bg", rules)
  const surfaces = valuesOf("surface", rules)
  const [light, dark] = [0, 1].map((scheme) =>
    accentOf(chosen, {
      isDark: scheme === 1,
      background: backgrounds[scheme] ?? "",
      surface: surfaces[scheme] ?? ""
    })
  )
  return light === undefined || dark === undefined
    ? ""
    : `--accent:light-dark(${light.accent},${dark.accent});--on-accent:light-dark(${light.onAccent},${dark.onAccent});--tint:light-dark(${light.tint},${dark.tint});`
}

/** The tokens that the owner's choices replace. */
const chosenTokens = ({ accent, font, scheme, width }: Look, rules: string): string => {
  const chosen = [
    font === "preset" ? "" : `--text-font:var(--${font});--head-font:var(--${font});`,
    width === "usual" ? "" : `--measure:${measures[width]};`,
    scheme === "auto" ? "" : `color-scheme:${scheme};`,
    Option.match(accent, { onNone: () => "", onSome: (colour) => accentTokens(colour, rules) })
  ].join("")
  return chosen === "" ? "" : `:root{${chosen}}`
}

const contentOf = (look: Look): string => {
  const rules = presetRules[look.preset]
  return `${familiesOf(look).map(fontFaces).join("")}${layered(`${tokens}${rules}${chosenTokens(look, rules)}${siteRules}`)}`
}

/** Version of everything that a look's stylesheet is made from. */
const version = fingerprint(
  [tokens, ...Object.values(presetRules), siteRules, fontFaces("Literata"), fontFaces("Figtree"), programVersion].join(
    ""
  )
)

/** Looks whose stylesheets are kept: the site's, and those that the owner tries. */
const kept = new BoundedMap<string, NamedAsset>(8)

/**
 * The stylesheet of every public page in a look. Its address contains the look and the version, so it can be made from
 * the address alone.
 */
export const lookStylesheet = (look: Look): NamedAsset => {
  const name = lookName(look)
  const known = kept.get(name)
  if (known !== undefined) return known
  const made: NamedAsset = {
    path: `/static/look/${name}.${version}.css`,
    content: contentOf(look),
    contentType: "text/css; charset=utf-8"
  }
  kept.set(name, made)
  return made
}

/** The address of the stylesheet of any look, with `{look}` for its name. */
export const anyLookStylesheet = `/static/look/{look}.${version}.css`

/** The font file that a page in a look needs at first view. */
export const firstFont = (look: Look): string => mainFont(familiesOf(look)[0] ?? "Literata")

/** The value of `color-scheme` that a page in a look states before its stylesheet arrives. */
export const colorScheme = ({ preset, scheme }: Look): string => {
  if (scheme !== "auto") return scheme
  return preset === "night" ? "dark" : "light dark"
}
