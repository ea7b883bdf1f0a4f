/** A script of `src/browser`, bundled and minified for browsers, as text. The build and the tests make it. */
declare module "browser:*" {
  const script: string
  export default script
}
