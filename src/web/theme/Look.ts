import { Option } from "effect"

/** The ready-made looks. */
export const presets = ["paper", "signal", "night"] as const

/** Choices of fonts: those of the look, or a serif or a sans serif everywhere. */
export const fontChoices = ["preset", "serif", "sans"] as const

/** Widths of the column of text. */
export const widths = ["narrow", "usual", "wide"] as const

/** Colour schemes: that of the look and the reader's device, or always the same. */
export const schemes = ["auto", "light", "dark"] as const

/** Look of the public pages. */
export interface Look {
  readonly preset: (typeof presets)[number]
  /** `#rrggbb`; the look's own colour when absent. */
  readonly accent: Option.Option<string>
  readonly font: (typeof fontChoices)[number]
  readonly width: (typeof widths)[number]
  readonly scheme: (typeof schemes)[number]
}

/** The look of a new site. */
export const defaultLook: Look = {
  preset: "paper",
  accent: Option.none(),
  font: "preset",
  width: "usual",
  scheme: "auto"
}

/** A look as a part of an address: `paper-preset-usual-auto`, `night-sans-wide-dark-c2185b`. */
export const lookName = ({ accent, font, preset, scheme, width }: Look): string =>
  [preset, font, width, scheme, ...Option.toArray(Option.map(accent, (colour) => colour.slice(1)))].join("-")

const name = new RegExp(
  `^(${presets.join("|")})-(${fontChoices.join("|")})-(${widths.join("|")})-(${schemes.join("|")})(?:-([0-9a-f]{6}))?$`
)

/** Parses a name of `lookName`. */
export const lookOfName = (text: string): Option.Option<Look> => {
  const found = name.exec(text)
  if (found === null) return Option.none()
  const [, preset, font, width, scheme, accent] = found
  return Option.some({
    preset: preset as Look["preset"],
    font: font as Look["font"],
    width: width as Look["width"],
    scheme: scheme as Look["scheme"],
    accent: Option.map(Option.fromNullable(accent), (hex) => `#${hex}`)
  })
}
