import { Schema } from "effect"

const Fraction = Schema.Number.pipe(Schema.between(0, 1))

/** The square of the owner's photo that is shown. */
export const PhotoCrop = Schema.Struct({
  /** Place of the square between the left and the right edge: 0 to 1. */
  x: Fraction,
  /** Place of the square between the upper and the lower edge: 0 to 1. */
  y: Fraction,
  /** 1 for the largest square, up to 4 for a quarter of its side. */
  zoom: Schema.Number.pipe(Schema.between(1, 4))
})

/** The square of the owner's photo that is shown. */
export type PhotoCrop = typeof PhotoCrop.Type

/** The largest square, a little above the middle, where faces are in portraits. */
export const initialCrop: PhotoCrop = { x: 0.5, y: 0.3, zoom: 1 }

/** A rectangle in whole pixels. */
export interface PixelSquare {
  readonly left: number
  readonly top: number
  readonly side: number
}

/** The square of a crop in a picture of this size. It is never outside of the picture, and has at least one pixel. */
export const squareOf = (
  { x, y, zoom }: PhotoCrop,
  { height, width }: { readonly width: number; readonly height: number }
): PixelSquare => {
  const side = Math.max(1, Math.floor(Math.min(width, height) / zoom))
  return { left: Math.round((width - side) * x), top: Math.round((height - side) * y), side }
}
