/**
 * A font file in base64 (`font:literata-normal`, `font:literata-normal-ext`, as TrueType `font:literata-normal-card`), or the `unicode-range` of such files
 * (`font:latin`, `font:ext`). The build and the tests make it.
 */
declare module "font:*" {
  const text: string
  export default text
}
