/** Types of rel-parser, which has none. */
declare module "rel-parser/index.js" {
  /** The rel links of a page and of its headers, by relation. */
  const relParser: (
    url: string,
    html?: string | null,
    headers?: Readonly<Record<string, string>> | null
  ) => Promise<Readonly<Record<string, ReadonlyArray<string>>>>
  export default relParser
}
