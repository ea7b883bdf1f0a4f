/**
 * "StPk", in the header of every database of ours, so that no other program's database is used by mistake.
 * https://www.sqlite.org/pragma.html#pragma_application_id
 */
export const applicationId = 0x5374506b
