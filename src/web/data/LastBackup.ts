import { Context, Layer, Ref } from "effect"
import type { BackupsState } from "./BackupsPanel.js"

/** How the last backup ended that the owner asked for. */
export class LastBackup extends Context.Tag("starpunk/LastBackup")<LastBackup, Ref.Ref<BackupsState["last"]>>() {}

/** None yet. */
export const layer: Layer.Layer<LastBackup> = Layer.effect(LastBackup, Ref.make<BackupsState["last"]>("none"))
