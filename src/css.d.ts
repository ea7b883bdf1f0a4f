/** The text of a stylesheet, without comments and white space. The build and the tests make it. */
declare module "*.css" {
  const css: string
  export default css
}
