/** A place in a listing: the sort key of the last line read. Order is sortTime descending, then id descending. */
export interface Position {
  readonly sortTime: string;
  readonly id: string;
}
