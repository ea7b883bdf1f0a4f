import { Config } from "effect"
import type { AnySetting, Basis, Machine, Setting } from "./Setting.js"
import { mediaStorage } from "./table/MediaStorage.js"
import { operation } from "./table/Operation.js"
import { server } from "./table/Server.js"
import { site } from "./table/Site.js"
import { storage } from "./table/Storage.js"
import { telemetry } from "./table/Telemetry.js"

/** Every setting, in the order of the documentation and in the shape of its values. */
const settings = { ...site, ...server, ...storage, ...mediaStorage, ...operation, ...telemetry }

interface Leaf extends AnySetting {
  readonly write: (value: never) => string
  readonly show: (value: never) => string
}

/** Settings, possibly grouped. */
interface Group {
  readonly [name: string]: Leaf | Group
}

type ValuesOf<Settings> = {
  readonly [Name in keyof Settings]: Settings[Name] extends Setting<infer Value> ? Value : ValuesOf<Settings[Name]>
}

/** Every setting's decoded value. The table has their names, defaults and descriptions. */
export type SettingsValues = ValuesOf<typeof settings>

/** A setting in the table, whose value is read from all values. */
export interface TableEntry extends AnySetting {
  /** The value in effect as a user would write it; empty if there is none. Plain text even for secrets. */
  readonly write: (values: SettingsValues) => string
  /** The value in effect as a report shows it, without secrets; empty if there is none. */
  readonly show: (values: SettingsValues) => string
}

const isSetting = (value: Leaf | Group): value is Leaf => typeof value.name === "string"

type Values = { readonly [name: string]: unknown }

const entriesOf = (group: Group, pick: (values: Values) => Values): ReadonlyArray<TableEntry> =>
  Object.entries(group).flatMap(([name, value]) =>
    isSetting(value)
      ? [
          {
            ...value,
            write: (values: SettingsValues) => value.write(pick(values)[name] as never),
            show: (values: SettingsValues) => value.show(pick(values)[name] as never)
          }
        ]
      : entriesOf(value, (values) => pick(values)[name] as Values)
  )

/** Every setting, in the order of the documentation. */
export const table: ReadonlyArray<TableEntry> = entriesOf(settings, (values) => values)

type Read = Readonly<Record<string, (basis: Basis) => unknown>>

const valuesOf = (group: Group, read: Read, basis: Basis): Values =>
  Object.fromEntries(
    Object.entries(group).map(([name, value]) => [
      name,
      isSetting(value) ? read[value.name]?.(basis) : valuesOf(value, read, basis)
    ])
  )

const allValues = (read: Read, machine: Machine): SettingsValues => {
  const { dataPath, environment, port } = { ...site, ...server, ...storage }
  // These three depend on no other setting.
  const none = { machine } as Basis
  const basis = {
    environment: read[environment.name]?.(none),
    port: read[port.name]?.(none),
    dataPath: read[dataPath.name]?.(none),
    machine
  } as Basis
  return valuesOf(settings, read, basis) as SettingsValues
}

const initial: Read = Object.fromEntries(table.map(({ initial, name }) => [name, initial]))

/** The values if no setting is given. */
export const defaultValues = (machine: Machine): SettingsValues => allValues(initial, machine)

const readers: Readonly<Record<string, TableEntry["config"]>> = Object.fromEntries(
  table.map(({ config, name }) => [name, config])
)

/** All settings at once. Fails with everything that is wrong, not only with the first problem. */
export const settingsConfig = (machine: Machine): Config.Config<SettingsValues> =>
  Config.map(Config.all(readers), (read) => allValues(read, machine))
