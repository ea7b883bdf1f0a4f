import { Context } from "effect"
import type { Migration } from "./Migration.js"

/** All migrations of the engine in use, oldest first. */
export class Migrations extends Context.Tag("starpunk/layers/Migrations")<Migrations, ReadonlyArray<Migration>>() {}
