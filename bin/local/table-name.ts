/** The table of a local run, in whichever engine. */
export const tableName = 'sitrep';
