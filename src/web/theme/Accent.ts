import {
  clampChroma,
  converter,
  formatHex,
  interpolate,
  modeLrgb,
  modeOklab,
  modeOklch,
  modeRgb,
  parse,
  useMode,
  wcagContrast
} from "culori/fn"

useMode(modeRgb)
useMode(modeLrgb)
useMode(modeOklab)
useMode(modeOklch)

const toOklch = converter("oklch")

/** The colours behind an accent in one scheme, and whether the scheme is dark. */
export interface Backdrop {
  readonly isDark: boolean
  readonly background: string
  readonly surface: string
}

/** An accent in one scheme, each as `#rrggbb`. */
export interface Accent {
  /** Links and the primary action: readable on each background. */
  readonly accent: string
  /** Text on it. */
  readonly onAccent: string
  /** A faint background for what is chosen. */
  readonly tint: string
}

/** Contrast of text with its background (WCAG 2.2 AA, 1.4.3). */
const readable = 4.5

/** Step of the lightness in OKLCH, which has the range 0 to 1. */
const step = 0.01

/**
 * Makes a chosen colour (`#rrggbb`) fit a scheme: its hue stays, and its lightness changes until text in it is readable on every
 * background. Text on it is black or white: one of them always has enough contrast.
 */
export const accentOf = (chosen: string, { background, isDark, surface }: Backdrop): Accent => {
  const tint = formatHex(interpolate([background, chosen], "oklab")(isDark ? 0.16 : 0.1))
  const colour = toOklch(parse(chosen)) ?? { mode: "oklch" as const, l: 0.5, c: 0 }
  const towards = isDark ? step : -step
  let { l } = colour
  let accent = formatHex(clampChroma({ ...colour, l }, "oklch"))
  const isReadable = () => [background, surface, tint].every((behind) => wcagContrast(accent, behind) >= readable)
  while (!isReadable() && (isDark ? l < 1 : l > 0)) {
    l = Math.min(1, Math.max(0, l + towards))
    accent = formatHex(clampChroma({ ...colour, l }, "oklch"))
  }
  return { accent, onAccent: wcagContrast("#fff", accent) >= readable ? "#ffffff" : "#000000", tint }
}
