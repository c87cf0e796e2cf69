/** A machine by the name it gives itself. */
export interface NamedMachine {
  /** What is sent as the `node` header. */
  readonly node: string;
  /** Missing until discovery has told it. */
  readonly hostname?: string;
}
