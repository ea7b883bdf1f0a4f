/** One migration of the schema. Its text must not change after a release, because a checksum of it is stored. */
export interface Migration {
  readonly id: number
  readonly name: string
  /** Statements, run in order in one transaction. */
  readonly statements: ReadonlyArray<string>
  /**
   * The release that stopped using what this migration takes away, which is at least two minor versions before the
   * migration's own. Without it, a migration may only add, because servers of the previous release go on beside it.
   */
  readonly contracts?: string
}
