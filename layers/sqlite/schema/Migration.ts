/** One step of the schema's history. Its text is never edited once released: a checksum is kept of what was applied. */
export interface Migration {
  readonly id: number
  readonly name: string
  /** Statements, executed in order inside one transaction. */
  readonly statements: ReadonlyArray<string>
}
