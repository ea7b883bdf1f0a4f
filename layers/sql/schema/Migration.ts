/** One migration of the schema. Its text must not change after a release, because a checksum of it is stored. */
export interface Migration {
  readonly id: number
  readonly name: string
  /** Statements, run in order in one transaction. */
  readonly statements: ReadonlyArray<string>
}
